using System.Text;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// Knows which part of the typed line is on the screen, and returns the bytes that change it. Pure: no terminal, no lock. The
/// caller writes each result at once, and nothing else in between.
/// </summary>
/// <remarks>
/// All moves are relative to the first row of the line. The position of that row is needed only after a resize: then the painter
/// asks the terminal. Of a line with more rows than the screen, the rows around the cursor are shown.
/// </remarks>
internal sealed class LinePainter
{
    private const int LeastColumns = 2; // for a wide character
    private const int MostWaiting = 10_000; // lines that wait for the cursor position

    private readonly CursorQuestions _questions = new();
    private readonly List<ScreenLine> _waiting = [];
    private int _columns;
    private int _rows;

    // The drawn line, and its first visible row; null if the cursor is at the start of an empty row.
    private LineLayout? _drawn;
    private int _top;

    // Set after a resize, until the position of the line is known. In the meantime nothing is drawn: _wanted and _waiting keep the output that
    // is to be drawn.
    private MovedLine? _moved;
    private LineView _wanted;

    public LinePainter(int columns, int rows) => SetSize(columns, rows);

    /// <summary>True while the painter waits for the cursor position: see <see cref="CursorIs"/> and <see cref="GiveUp"/>.</summary>
    public bool IsAsking => _questions.AreOpen;

    /// <summary>Replaces the drawn line by <paramref name="line"/>.</summary>
    public string Draw(LineView line)
    {
        if (_moved is not null)
        {
            _wanted = line;
            return "";
        }

        if (_drawn?.Line == line)
        {
            return "";
        }

        var layout = new LineLayout(line, _columns);
        if (TryAppend(layout) is { } added)
        {
            return added;
        }

        var output = new StringBuilder();
        Erase(output);
        Render(output, layout);
        return output.ToString();
    }

    /// <summary>Puts <paramref name="lines"/> above the line.</summary>
    public string Print(params IReadOnlyList<ScreenLine> lines)
    {
        if (_moved is not null)
        {
            _waiting.AddRange(lines);
            return _waiting.Count > MostWaiting ? GiveUp() : "";
        }

        LineLayout? drawn = _drawn;
        var output = new StringBuilder();
        Erase(output);
        Append(output, lines);
        if (drawn is not null)
        {
            Render(output, drawn);
        }

        return output.ToString();
    }

    /// <summary>Removes the line from the screen.</summary>
    public string Erase()
    {
        var output = new StringBuilder(GiveUp());
        Erase(output);
        return output.ToString();
    }

    /// <summary>Keeps the line on the screen and moves to an empty row after it.</summary>
    public string Leave()
    {
        var output = new StringBuilder(GiveUp());
        if (_drawn is { } drawn)
        {
            int rows = LastRow(drawn) - drawn.Cursor.Row;
            output.Append(rows > 0 ? EscapeSequences.Down(rows) : "").Append("\r\n");
            _drawn = null;
        }

        return output.ToString();
    }

    /// <summary>Draws <paramref name="line"/> on a screen that is cleared.</summary>
    public string DrawOnClearedScreen(LineView line)
    {
        string settled = GiveUp();
        _drawn = null;
        return settled + EscapeSequences.ClearScreen + Draw(line);
    }

    /// <summary>
    /// Draws <paramref name="line"/> from the row of the cursor on, when another program may have written to the screen.
    /// </summary>
    public string DrawAnew(LineView line)
    {
        _questions.Forget();
        _wanted = line;
        return DrawWanted(rowsAbove: 0);
    }

    /// <summary>
    /// Notes the size of the screen. If the line may have moved, asks the terminal for its cursor, and draws nothing until
    /// <see cref="CursorIs"/> or <see cref="GiveUp"/>.
    /// </summary>
    /// <param name="columns">The screen's width.</param>
    /// <param name="rows">The screen's height.</param>
    /// <param name="wasTold">True if the system reports a new size. It may equal the last one, with another size in between.</param>
    public string Resize(int columns, int rows, bool wasTold = false)
    {
        (int columnsBefore, int rowsBefore) = (_columns, _rows);
        SetSize(columns, rows);
        bool isMoved = wasTold || (_columns, _rows) != (columnsBefore, rowsBefore);
        if (_drawn is not { } drawn || !isMoved)
        {
            return "";
        }

        if (_moved is null)
        {
            int last = LastRow(drawn, rowsBefore);
            _moved = new MovedLine(drawn.Part(_top, last), columnsBefore, _top > 0 ? drawn.Part(0, last) : null);
            _wanted = drawn.Line;
        }

        _moved.NoteWidth(_columns);
        _questions.Ask();
        return EscapeSequences.AskCursorPosition + (_questions.IsSilent ? GiveUp() : "");
    }

    /// <summary>The terminal has answered that its cursor is in this column, from 0.</summary>
    public string CursorIs(int column) =>
        _questions.TryTakeAnswer() && _moved is { } moved ? DrawWanted(moved.RowsAbove(_columns, column)) : "";

    /// <summary>Continues without an answer of the terminal.</summary>
    public string GiveUp()
    {
        _questions.GiveUp();
        return _moved is { } moved ? DrawWanted(moved.RowsAbove(_columns, cursorColumn: null)) : "";
    }

    /// <summary>Draws everything that waits, starting <paramref name="rowsAbove"/> rows above the cursor.</summary>
    private string DrawWanted(int rowsAbove)
    {
        _moved = null;
        _drawn = null;
        var output = new StringBuilder();
        MoveUp(output, rowsAbove);
        output.Append(EscapeSequences.ClearRowsBelow);
        Append(output, _waiting);
        _waiting.Clear();
        Render(output, new LineLayout(_wanted, _columns));
        return output.ToString();
    }

    private void SetSize(int columns, int rows)
    {
        _columns = Math.Max(columns, LeastColumns);
        _rows = Math.Max(rows, 1);
    }

    /// <summary>The usual case: text was typed at the end of the line, and the rest stays.</summary>
    private string? TryAppend(LineLayout layout)
    {
        if (_drawn is not { } drawn
            || drawn.Line.Prompt != layout.Line.Prompt
            || drawn.Line.Cursor != drawn.Line.Text.Length
            || layout.Line.Cursor != layout.Line.Text.Length
            || layout.RowCount != drawn.RowCount
            || !layout.Line.Text.StartsWith(drawn.Line.Text, StringComparison.Ordinal))
        {
            return null;
        }

        // Only ASCII: other characters may combine with the one before.
        string added = layout.Line.Text[drawn.Line.Text.Length..];
        if (added.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return null;
        }

        _drawn = layout;
        return added;
    }

    private void Erase(StringBuilder output)
    {
        if (_drawn is { } drawn)
        {
            MoveUp(output, drawn.Cursor.Row - _top);
            output.Append(EscapeSequences.ClearRowsBelow);
            _drawn = null;
        }
    }

    private void Append(StringBuilder output, IReadOnlyList<ScreenLine> lines)
    {
        foreach (ScreenLine line in lines)
        {
            RowBreaker.Append(output, line, _columns);
        }
    }

    private void Render(StringBuilder output, LineLayout layout)
    {
        _drawn = layout;
        _top = layout.RowCount <= _rows
            ? 0
            : Math.Clamp(layout.Cursor.Row - (_rows / 2), 0, layout.RowCount - _rows);
        int last = LastRow(layout);

        layout.Render(output, _top, last);
        MoveUp(output, last - layout.Cursor.Row);
        if (layout.Line.Cursor != layout.Line.Text.Length)
        {
            output.Append(EscapeSequences.ToColumn(layout.Cursor.Column));
        }
    }

    /// <summary>The last visible row on a screen with the current or a given number of rows.</summary>
    private int LastRow(LineLayout drawn, int? rows = null) => Math.Min(drawn.RowCount, _top + (rows ?? _rows)) - 1;

    private static void MoveUp(StringBuilder output, int rows) => output.Append(rows > 0 ? EscapeSequences.Up(rows) : "");
}
