using System.Globalization;
using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// Turns keys into lines: combines editor, history and completion, and asks before a long paste is sent. Knows no terminal and no
/// thread.
/// </summary>
/// <param name="names">The names that Tab offers.</param>
/// <param name="countMessages">The number of messages that a line is sent as; 1 for a command.</param>
internal sealed class LineComposer(ISeenNames names, Func<string, int> countMessages)
{
    /// <summary>Before a text of more lines is sent, the client asks the user.</summary>
    public const int MaxLinesUnasked = 5;

    private readonly LineEditor _editor = new();
    private readonly History _history = new();
    private readonly Completion _completion = new(names);
    private readonly RestOfAnswer _restOfAnswer = new();
    private bool _isAsking;

    public LineView View => _isAsking
        ? new LineView(string.Create(CultureInfo.InvariantCulture, $"Send these {LineCount} lines? y/n "), "", 0)
        : new LineView(Prompt, _editor.Text, _editor.Cursor);

    private int LineCount => _editor.Text.AsSpan().Count('\n') + 1;

    /// <summary>
    /// The lines as they are sent. A text of several lines was pasted, and contains no commands: a line that begins like one gets a
    /// space in front (docs/protocol.md, section 2).
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
            int count = Lines.Sum(countMessages);
            return count <= 1
                ? ProtocolText.MessagePrefix
                : ProtocolText.MessagePrefix.Replace(
                    "]", string.Create(CultureInfo.InvariantCulture, $" {count}]"), StringComparison.Ordinal);
        }
    }

    public Pressed Press(Key key)
    {
        if (_isAsking)
        {
            return Answer(key);
        }

        if (_restOfAnswer.Takes(key, out string typed))
        {
            return Pressed.Edited;
        }

        if (typed.Length > 0)
        {
            _editor.TryInsert(typed);
        }

        if (key.Kind is KeyKind.Complete or KeyKind.CompleteBack)
        {
            _completion.Apply(_editor, key.Kind == KeyKind.Complete ? 1 : -1);
            return Pressed.Edited;
        }

        _completion.Forget();
        switch (key.Kind)
        {
            case KeyKind.Enter when LineCount > MaxLinesUnasked:
                _isAsking = true;
                return Pressed.Edited;
            case KeyKind.Enter:
                return Pressed.Entered;
            case KeyKind.DeleteOrEnd when _editor.Text.Length == 0:
                return Pressed.Ended;
            case KeyKind.ClearScreen:
                return Pressed.ClearScreen;
            case KeyKind.Text or KeyKind.Paste:
                // The last line break of a paste ends its last line and does not start another.
                return _editor.TryInsert(Clean(key.Text.TrimEnd('\n'))) ? Pressed.Edited : Pressed.TooLong;
            case KeyKind.PreviousHistory:
                _editor.Set(_history.Previous(_editor.Text) ?? _editor.Text);
                return Pressed.Edited;
            case KeyKind.NextHistory:
                _editor.Set(_history.Next() ?? _editor.Text);
                return Pressed.Edited;
            default:
                Edit(key.Kind);
                return Pressed.Edited;
        }
    }

    /// <summary>
    /// To be called after <see cref="Pressed.Entered"/>: returns the entered lines, one or more, and clears the text. Only a single
    /// line can be a command.
    /// </summary>
    public string[] TakeEntered()
    {
        string[] lines = Lines;
        _history.Add(_editor.Text);
        _editor.Set("");
        return lines;
    }

    private Pressed Answer(Key key)
    {
        switch (key.Kind)
        {
            case KeyKind.Text when FirstLetter(key.Text) is 'y' or 'Y':
                _isAsking = false;
                _restOfAnswer.Begin("yes", BehindFirstLetter(key.Text));
                return Pressed.Entered;
            case KeyKind.Text when FirstLetter(key.Text) is 'n' or 'N':
                _isAsking = false;
                _restOfAnswer.Begin("no", BehindFirstLetter(key.Text));
                return Pressed.Edited;
            case KeyKind.Escape:
                _isAsking = false;
                return Pressed.Edited;
            case KeyKind.ClearScreen:
                return Pressed.ClearScreen;
            default:
                return Pressed.Edited; // not an answer
        }
    }

    /// <summary>One key has several letters if the user types quickly or the terminal is slow.</summary>
    private static char FirstLetter(string text) => text.FirstOrDefault(char.IsLetter);

    private static string BehindFirstLetter(string text) => string.Concat(text.SkipWhile(character => !char.IsLetter(character)).Skip(1));

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
            _ => null,
        };
        edit?.Invoke();
    }

    /// <summary>The user sees the text as others will see it: a tab in a paste becomes a space, and control characters are removed.</summary>
    private static string Clean(string text) =>
        Encoding.UTF8.GetString(TextCleaner.Clean(Encoding.UTF8.GetBytes(text), keepLineBreaks: true));
}
