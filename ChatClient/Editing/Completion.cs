namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// What Tab makes of the word before the cursor: one after the other, all that begins with it. Commands at the start of the
/// line, channels behind <c>/join</c> and <c>/create</c>, elsewhere members and channels.
/// </summary>
internal sealed class Completion(ISeenNames names)
{
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
        _start = before.LastIndexOfAny([' ', '\n']) + 1;
        string word = before[_start..];
        string firstWord = before[lineStart..].Split(' ')[0];

        IEnumerable<string> all =
            _start == lineStart && word.StartsWith('/') ? Commands
            : firstWord is "/join" or "/create" ? names.Channels
            : names.Members.Concat(names.Channels).Select(name => $"{name} ");

        _candidates = [.. all.Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Distinct()];
    }
}
