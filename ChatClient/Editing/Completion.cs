using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// What Tab makes of the word before the cursor: one after the other, all that begins with it. Commands at the start of the
/// line, channels behind <c>/join</c> and <c>/create</c>, elsewhere members and channels. A name may have spaces: then it is
/// found by as many words before the cursor as it begins with.
/// </summary>
internal sealed class Completion(ISeenNames names)
{
    // No name that the server lets in is longer.
    private const int LongestName = Frame.Size;

    private static readonly string[] Commands = ["/create ", "/join ", "/list"];

    private string[] _candidates = [];
    private int _chosen;
    private int _start;

    /// <summary>Puts the next candidate in the place of the word, or of the candidate before; nothing if there is none.</summary>
    /// <param name="editor">The text and the cursor.</param>
    /// <param name="step">1 for the next, -1 for the one before.</param>
    public void Apply(LineEditor editor, int step)
    {
        if (_candidates.Length == 0)
        {
            Find(editor);
            _chosen = step > 0 ? 0 : _candidates.Length - 1;
        }
        else
        {
            _chosen = (_chosen + step + _candidates.Length) % _candidates.Length;
        }

        if (_candidates.Length > 0)
        {
            editor.Replace(_start, editor.Cursor, _candidates[_chosen]);
        }
    }

    /// <summary>The next Tab begins anew: call this for every other key.</summary>
    public void Forget() => _candidates = [];

    private void Find(LineEditor editor)
    {
        string before = editor.Text[..editor.Cursor];
        int lineStart = before.LastIndexOf('\n') + 1;
        int wordStart = before.LastIndexOfAny([' ', '\n']) + 1;
        string firstWord = before[lineStart..].Split(' ')[0];

        if (wordStart == lineStart && firstWord.StartsWith('/'))
        {
            Find(editor, wordStart, Commands, ending: "");
        }
        else if (firstWord is "/join" or "/create")
        {
            Find(editor, wordStart, names.Channels, ending: "");
        }
        else
        {
            string[] all = [.. names.Members, .. names.Channels];
            for (int start = Math.Max(lineStart, editor.Cursor - LongestName); _candidates.Length == 0 && start <= wordStart; start++)
            {
                if (start == lineStart)
                {
                    Find(editor, start, all.Where(name => !name.StartsWith('/')), ending: " "); // or it would be a command
                }
                else if (before[start - 1] == ' ')
                {
                    Find(editor, start, all, ending: " ");
                }
            }
        }
    }

    /// <summary>Those of <paramref name="all"/> that begin with what stands from <paramref name="start"/> to the cursor, and for which there is room.</summary>
    private void Find(LineEditor editor, int start, IEnumerable<string> all, string ending)
    {
        string typed = editor.Text[start..editor.Cursor];
        int room = LineEditor.MaxLength - (editor.Text.Length - typed.Length);
        _start = start;
        _candidates =
        [
            .. all.Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .Select(name => name + ending)
                .Where(name => name.Length <= room)
                .Distinct(),
        ];
    }
}
