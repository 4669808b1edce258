using System.Globalization;
using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// Turns keys into lines: combines editor, history, search and completion, and asks before a long text is sent. Knows no terminal
/// and no thread.
/// </summary>
internal sealed class LineComposer
{
    /// <summary>Before a text of more lines is sent, the client asks the user.</summary>
    public const int MaxLinesUnasked = 5;

    private readonly Func<string, int> _countMessages;
    private readonly LineEditor _editor = new();
    private readonly History _history = new();
    private readonly HistorySearch _search;
    private readonly Completion _completion;
    private readonly SendQuestion _question = new();

    /// <param name="names">The names that Tab offers.</param>
    /// <param name="countMessages">The number of messages that a line is sent as; 1 for a command.</param>
    /// <param name="earlier">Texts entered in earlier sessions, oldest first.</param>
    public LineComposer(ISeenNames names, Func<string, int> countMessages, IEnumerable<string>? earlier = null)
    {
        _countMessages = countMessages;
        _completion = new Completion(names);
        _search = new HistorySearch(_history);
        foreach (string text in earlier ?? [])
        {
            _history.Add(text);
        }
    }

    public LineView View => _question.IsOpen ? SendQuestion.View(LineCount)
        : _search.IsActive ? _search.View
        : new LineView(Prompt, _editor.Text, _editor.Cursor);

    /// <summary>The text being typed.</summary>
    public string Text => _editor.Text;

    private int LineCount => _editor.Text.AsSpan().Count('\n') + 1;

    /// <summary>
    /// The lines as they are sent. A text of several lines contains no commands: a line that begins like one gets a space in front
    /// (docs/protocol.md, section 2).
    /// </summary>
    private string[] Lines
    {
        get
        {
            string[] lines = _editor.Text.Split('\n');
            return lines.Length == 1 ? lines : [.. lines.Select(line => line.StartsWith(ControlMessage.Mark) ? $" {line}" : line)];
        }
    }

    /// <summary>Contains the number of messages if the text is sent as more than one.</summary>
    private string Prompt
    {
        get
        {
            int count = Lines.Sum(_countMessages);
            return count <= 1
                ? ProtocolText.MessagePrefix
                : ProtocolText.MessagePrefix.Replace(
                    "]", string.Create(CultureInfo.InvariantCulture, $" {count}]"), StringComparison.Ordinal);
        }
    }

    public Pressed Press(Key key)
    {
        if (_question.IsOpen)
        {
            return _question.Answer(key);
        }

        if (_question.TakesRest(key, out string typed))
        {
            return Pressed.Edited;
        }

        if (typed.Length > 0)
        {
            _editor.TryInsert(typed);
        }

        return _search.IsActive && key.Kind != KeyKind.ClearScreen && SearchTakes(key) ? Pressed.Edited : PressInText(key);
    }

    /// <summary>
    /// Ctrl-C: ends a search or a question, or else clears the text; undo brings it back. False if there is nothing of these.
    /// </summary>
    /// <param name="isCleared">True if the text was cleared.</param>
    public bool TryInterrupt(out bool isCleared)
    {
        isCleared = false;
        if (_search.IsActive)
        {
            _search.End();
        }
        else if (_question.IsOpen)
        {
            _question.Cancel();
        }
        else if (_editor.Text.Length > 0)
        {
            _completion.Forget();
            _history.Reset();
            _editor.Clear();
            isCleared = true;
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>
    /// To be called after <see cref="Pressed.Entered"/>: returns the entered lines, one or more, and begins a new text. Only a single
    /// line can be a command.
    /// </summary>
    public string[] TakeEntered()
    {
        string[] lines = Lines;
        _history.Add(_editor.Text);
        _editor.Show(Draft.Of(""));
        return lines;
    }

    /// <summary>True if the key belongs to the search. Otherwise the search has ended, and the entry that it found is shown.</summary>
    private bool SearchTakes(Key key)
    {
        if (_search.Takes(key.Kind, Clean(key.Text)))
        {
            return true;
        }

        _search.End();
        if (key.Kind == KeyKind.Abort)
        {
            return true;
        }

        if (_search.Found is { } place)
        {
            Show(place);
        }

        // Enter sends only a found entry: not the line behind the search, and not an entry without the query.
        return key.Kind == KeyKind.Escape || (key.Kind == KeyKind.Enter && (_search.Found is null || _search.HasFailed));
    }

    private Pressed PressInText(Key key)
    {
        if (key.Kind is KeyKind.Complete or KeyKind.CompleteBack)
        {
            _completion.Apply(_editor, key.Kind == KeyKind.Complete ? 1 : -1);
            return Pressed.Edited;
        }

        _completion.Forget();
        switch (key.Kind)
        {
            case KeyKind.Enter when LineCount > MaxLinesUnasked:
                _question.Open();
                return Pressed.Edited;
            case KeyKind.Enter:
                return Pressed.Entered;
            case KeyKind.DeleteOrEnd when _editor.Text.Length == 0:
                return Pressed.Ended;
            case KeyKind.ClearScreen:
                return Pressed.ClearScreen;
            case KeyKind.Text or KeyKind.Paste:
                // The last line break of a paste ends its last line and does not start another.
                return Insert(Clean(key.Text.TrimEnd('\n')), isTyped: key.Kind == KeyKind.Text);
            case KeyKind.NewRow:
                return Insert("\n", isTyped: true);
            case KeyKind.SearchBack or KeyKind.SearchForward:
                _history.Keep(_editor.Draft);
                _search.Begin();
                return Pressed.Edited;
            case KeyKind.PreviousHistory:
                return _editor.TryMoveUp() ? Pressed.Edited : Show(_history.Place - 1);
            case KeyKind.NextHistory:
                return _editor.TryMoveDown() ? Pressed.Edited : Show(_history.Place + 1);
            default:
                Edit(key.Kind);
                return Pressed.Edited;
        }
    }

    private Pressed Insert(string text, bool isTyped) => _editor.TryInsert(text, isTyped) ? Pressed.Edited : Pressed.TooLong;

    /// <summary>Shows another entry of the history, if there is one.</summary>
    private Pressed Show(int place)
    {
        if (_history.GoTo(place, _editor.Draft) is { } draft)
        {
            _editor.Show(draft);
        }

        return Pressed.Edited;
    }

    private void Edit(KeyKind kind)
    {
        Action? edit = kind switch
        {
            KeyKind.Left => _editor.MoveLeft,
            KeyKind.Right => _editor.MoveRight,
            KeyKind.WordLeft => _editor.MoveWordLeft,
            KeyKind.WordRight => _editor.MoveWordRight,
            KeyKind.Home => _editor.MoveHome,
            KeyKind.End => _editor.MoveEnd,
            KeyKind.DeleteLeft => _editor.DeleteLeft,
            KeyKind.DeleteRight or KeyKind.DeleteOrEnd => _editor.DeleteRight,
            KeyKind.DeleteWordLeft => _editor.DeleteWordLeft,
            KeyKind.DeleteWordRight => _editor.DeleteWordRight,
            KeyKind.UnixWordRubout => _editor.UnixWordRubout,
            KeyKind.UnixLineDiscard => _editor.UnixLineDiscard,
            KeyKind.KillLine => _editor.KillLine,
            KeyKind.Yank => _editor.Yank,
            KeyKind.YankPop => _editor.YankPop,
            KeyKind.Undo => _editor.Undo,
            KeyKind.Redo => _editor.Redo,
            _ => null,
        };
        edit?.Invoke();
    }

    /// <summary>The user sees the text as others will see it: a tab in a paste becomes a space, and control characters are removed.</summary>
    private static string Clean(string text) =>
        Encoding.UTF8.GetString(TextCleaner.Clean(Encoding.UTF8.GetBytes(text), keepLineBreaks: true));
}
