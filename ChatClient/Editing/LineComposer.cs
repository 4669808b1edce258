using System.Globalization;
using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// From keys to lines: puts together editor, history and completion, and asks before a long paste is sent. Knows neither
/// a terminal nor a thread.
/// </summary>
/// <param name="names">What Tab may complete to.</param>
/// <param name="countMessages">How many messages a line will go out as; 1 for a command.</param>
internal sealed class LineComposer(ISeenNames names, Func<string, int> countMessages)
{
    /// <summary>A text of more lines is sent only after a question.</summary>
    public const int MaxLinesUnasked = 5;

    private readonly LineEditor _editor = new();
    private readonly History _history = new();
    private readonly Completion _completion = new(names);
    private readonly RestOfAnswer _restOfAnswer = new();
    private bool _isAsking;

    /// <summary>What is to be seen now.</summary>
    public LineView View => _isAsking
        ? new LineView(string.Create(CultureInfo.InvariantCulture, $"Send these {LineCount} lines? y/n "), "", 0)
        : new LineView(Prompt, _editor.Text, _editor.Cursor);

    private int LineCount => _editor.Text.AsSpan().Count('\n') + 1;

    /// <summary>
    /// The lines as they go out. A text of several was pasted, and what is pasted is text: a line of it that begins as a command
    /// does gets a space in front, and so is none (docs/protocol.md, section 2).
    /// </summary>
    private string[] Lines
    {
        get
        {
            string[] lines = _editor.Text.Split('\n');
            return lines.Length == 1 ? lines : [.. lines.Select(line => line.StartsWith('/') ? $" {line}" : line)];
        }
    }

    /// <summary>Tells when the text will go out as more than one message.</summary>
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

    /// <summary>Does what <paramref name="key"/> asks for.</summary>
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
                // The last line break of a paste is the end of its last line, and not one more line.
                return _editor.TryInsert(Clean(key.Text.TrimEnd('\n'))) ? Pressed.Edited : Pressed.TooLong;
            case KeyKind.Older:
                _editor.Set(_history.Older(_editor.Text) ?? _editor.Text);
                return Pressed.Edited;
            case KeyKind.Newer:
                _editor.Set(_history.Newer() ?? _editor.Text);
                return Pressed.Edited;
            default:
                Edit(key.Kind);
                return Pressed.Edited;
        }
    }

    /// <summary>
    /// After <see cref="Pressed.Entered"/>: the lines that were typed, one or more; only one alone may be a command. The next text
    /// begins empty.
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

    /// <summary>Many come in one key, if they were typed quickly or the line to the terminal is slow.</summary>
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
            KeyKind.DeleteToSpace => _editor.DeleteToSpace,
            KeyKind.DeleteToStart => _editor.DeleteToStart,
            KeyKind.DeleteToEnd => _editor.DeleteToEnd,
            KeyKind.PutBack => _editor.PutBack,
            _ => null,
        };
        edit?.Invoke();
    }

    /// <summary>What is shown is what would be shown to others; so a tab in a paste is a space, and a control nothing that acts.</summary>
    private static string Clean(string text) =>
        Encoding.UTF8.GetString(TextCleaner.Clean(Encoding.UTF8.GetBytes(text), keepLineBreaks: true));
}
