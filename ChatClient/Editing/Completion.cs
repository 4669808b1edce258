using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// Completes the word before the cursor on Tab, and offers the next candidate on each further Tab: commands at the start of the
/// line, channels after <c>/join</c>, <c>/create</c> and others, elsewhere members and channels. At the start of a line a member's name gets
/// a colon, as the line is for that member. A name may have spaces: then several words before the cursor are completed together.
/// </summary>
internal sealed class Completion(ISeenNames names)
{
    // The server accepts no longer name.
    private const int LongestName = Frame.Size;

    /// <summary>The commands of the server, then those of the client.</summary>
    public static readonly IReadOnlyList<string> Commands =
    [
        $"{ControlMessage.Create} ", $"{ControlMessage.Join} ", ControlMessage.List,
        ControlMessage.Help, $"{ControlMessage.Search} ", "/ignore ", "/reply ", "/clear", "/quote ", "/quit",
    ];

    /// <summary>The commands that only a server with the extended mode has. Those with the word of a client's command are missing.</summary>
    public static readonly IReadOnlyList<string> Extended =
        [$"{ControlMessage.Who} ", $"{ControlMessage.Msg} ", ControlMessage.Leave, $"{ControlMessage.History} "];

    /// <summary>The commands that only a moderator has.</summary>
    public static readonly IReadOnlyList<string> OfModerators =
        [.. ControlMessage.OfModerators.Select(word => word == ControlMessage.Bans ? word : $"{word} ")];

    // A name follows these; one with blanks is in brackets.
    private static readonly string[] BeforeName =
        [ControlMessage.Msg, ControlMessage.Kick, ControlMessage.Ban, ControlMessage.Unban, ControlMessage.Mute, ControlMessage.Unmute];

    private string[] _candidates = [];
    private int _chosen;
    private int _start;

    /// <summary>Replaces the word, or the last candidate, by the next candidate. Does nothing if there is none.</summary>
    /// <param name="editor">The text and the cursor.</param>
    /// <param name="step">1 for the next candidate, -1 for the previous one.</param>
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
            editor.Complete(_start, editor.Cursor, _candidates[_chosen]);
        }
    }

    /// <summary>Ends the completion. To be called for each key other than Tab.</summary>
    public void Forget() => _candidates = [];

    private void Find(LineEditor editor)
    {
        string before = editor.Text[..editor.Cursor];
        int lineStart = before.LastIndexOf('\n') + 1;
        int wordStart = before.LastIndexOfAny([' ', '\n']) + 1;
        string firstWord = before[lineStart..].Split(' ')[0];

        if (wordStart == lineStart && firstWord.StartsWith(ControlMessage.Mark))
        {
            Find(editor, wordStart, With("", [.. Commands, .. names.IsExtended ? Extended : [], .. names.IsModerator ? OfModerators : []]));
        }
        else if (firstWord is ControlMessage.Join or ControlMessage.Create or ControlMessage.Who or ControlMessage.Remove)
        {
            Find(editor, wordStart, With("", names.Channels));
        }
        else
        {
            if (BeforeName.Contains(firstWord))
            {
                FindReceiver(editor, lineStart + firstWord.Length + 1);
            }

            IReadOnlyList<string> members = names.Members;
            IReadOnlyList<string> channels = names.Channels;
            (string Name, string Ending)[] inLine = [.. With(" ", members), .. With(" ", channels)];
            (string Name, string Ending)[] atStart = [.. With(": ", members), .. With(" ", channels)];
            for (int start = Math.Max(lineStart, editor.Cursor - LongestName); _candidates.Length == 0 && start <= wordStart; start++)
            {
                if (start == lineStart)
                {
                    Find(editor, start, atStart.Where(candidate => !candidate.Name.StartsWith(ControlMessage.Mark))); // it would become a command
                }
                else if (before[start - 1] == ' ')
                {
                    Find(editor, start, inLine);
                }
            }
        }
    }

    /// <summary>
    /// The name after <c>/msg</c> and others. One with blanks stands in brackets there (docs/extended.md), whether or not the user has typed the bracket.
    /// </summary>
    private void FindReceiver(LineEditor editor, int start)
    {
        string typed = editor.Text[start..editor.Cursor];
        bool isInBrackets = typed.StartsWith('[');
        string begin = isInBrackets ? typed[1..] : typed;
        IEnumerable<(string Name, string Ending)> receivers = names.Members
            .Where(name => name.StartsWith(begin, StringComparison.OrdinalIgnoreCase))
            .Select(name => (isInBrackets || name.Contains(' ', StringComparison.Ordinal) ? $"[{name}]" : name, " "));
        Offer(editor, start, receivers);
    }

    /// <summary>Finds those of <paramref name="all"/> that begin with the text from <paramref name="start"/> to the cursor, and fit.</summary>
    private void Find(LineEditor editor, int start, IEnumerable<(string Name, string Ending)> all)
    {
        string typed = editor.Text[start..editor.Cursor];
        Offer(editor, start, all.Where(candidate => candidate.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)));
    }

    private void Offer(LineEditor editor, int start, IEnumerable<(string Name, string Ending)> all)
    {
        int room = LineEditor.MaxLength - (editor.Text.Length - (editor.Cursor - start));
        _start = start;
        _candidates =
        [
            .. all.Select(candidate => candidate.Name + candidate.Ending)
                .Where(text => text.Length <= room)
                .Distinct(),
        ];
    }

    private static IEnumerable<(string Name, string Ending)> With(string ending, IEnumerable<string> names) =>
        names.Select(name => (name, ending));
}
