using System.Text;

namespace ThreadedChat.ChatCheck.Terminals;

/// <summary>
/// What a terminal shows of what a program prints: the functions of a VT100 and those that xterm has added for moving,
/// erasing, inserting and scrolling. Colours and the like change nothing here.
/// </summary>
internal sealed class TerminalScreen
{
    private readonly SequenceParser _parser;
    private readonly TerminalPen _pen;
    private readonly Decoder _decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetDecoder();

    /// <summary>An empty one.</summary>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="columns">How many cells a row has.</param>
    /// <param name="newLineMode">
    /// Whether a newline also returns to the first column: so the system prints it to a terminal, and not into a pipe.
    /// </param>
    /// <param name="answer">Gets the answers of the terminal to the program; null drops them.</param>
    public TerminalScreen(int rows = TerminalSize.Rows, int columns = TerminalSize.Columns, bool newLineMode = false, Action<string>? answer = null)
    {
        _pen = new TerminalPen(rows, columns, newLineMode);
        _parser = new SequenceParser(new TerminalFunctions(_pen, answer ?? (_ => { })));
    }

    /// <summary>How many characters have been written or erased so far.</summary>
    public int Changes => _pen.Changes;

    /// <summary>The column of the cursor, from 0.</summary>
    public int CursorColumn => _pen.Cursor.Column + (_pen.Cursor.IsBehindEdge ? 1 : 0);

    /// <summary>Whether the program draws on the second screen, which has no history and is gone when the program leaves it.</summary>
    public bool IsAlternate => _pen.IsAlternate;

    /// <summary>The lines of the second screen when the program left it last.</summary>
    public IReadOnlyList<string> LeftLines => _pen.LeftLines;

    /// <summary>The row of the cursor, from 0.</summary>
    public int CursorRow => _pen.Cursor.Row;

    /// <summary>The rows of the screen as they are, without blanks at their ends.</summary>
    public IEnumerable<string> Rows => Enumerable.Range(0, _pen.Buffer.Height).Select(row => _pen.Buffer[row].ToString().TrimEnd(' '));

    /// <summary>All lines, those that have left at the top first.</summary>
    public IReadOnlyList<string> Lines => _pen.Buffer.Lines(_pen.Cursor.Row, out _);

    /// <summary>The line with the cursor.</summary>
    public string CursorLine => _pen.Buffer.Lines(_pen.Cursor.Row, out int cursor)[cursor];

    /// <summary>All lines but the one with the cursor.</summary>
    public IReadOnlyList<string> FinishedLines
    {
        get
        {
            List<string> lines = _pen.Buffer.Lines(_pen.Cursor.Row, out int cursor);
            lines.RemoveAt(cursor);
            return lines;
        }
    }

    /// <summary>Shows the next output.</summary>
    public void Write(ReadOnlySpan<byte> utf8)
    {
        var text = new char[_decoder.GetCharCount(utf8, flush: false)];
        int count = _decoder.GetChars(utf8, text, flush: false);
        _parser.Take(text.AsSpan(0, count));
    }

    /// <summary>Shows the next output.</summary>
    public void Write(string text) => _parser.Take(text);
}
