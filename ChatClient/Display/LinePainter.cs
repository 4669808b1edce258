using System.Globalization;
using System.Text;
using ThreadedChat.ChatClient.Editing;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// Knows what of the line being typed is on the screen, and says what to write to change that. Pure: no terminal, no lock.
/// Whatever it returns goes out in one write, and nothing else may be written in between.
/// </summary>
/// <remarks>
/// All moves are relative to the row the line begins in; where on the screen that is, nobody needs to know. A line with
/// more rows than the screen is shown in part: the rows around the cursor.
/// </remarks>
internal sealed class LinePainter
{
    /// <summary>To the top left corner, and everything is cleared.</summary>
    private const string ClearScreen = "\e[H\e[2J";

    /// <summary>
    /// Clears from the cursor's row on, and goes to its start. First that row as a whole: or tmux still takes it for one
    /// with the next. Then the others, not from the first cell: in the top row that would be the whole screen, and tmux
    /// then keeps a copy of what was to be seen in its history.
    /// </summary>
    private const string ClearBelow = "\r\e[2K \e[J\r";

    private const int LeastColumns = 2; // for a wide character

    private int _columns;
    private int _rows;

    // What is drawn, from which of its rows on; null if the cursor stands at the start of an empty row.
    private LineLayout? _drawn;
    private int _top;

    /// <summary>For a screen of this size, in cells.</summary>
    public LinePainter(int columns, int rows) => SetSize(columns, rows);

    /// <summary>Draws <paramref name="line"/> in the place of what is drawn.</summary>
    public string Draw(LineView line)
    {
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

    /// <summary>Puts <paramref name="text"/>, whole rows that end in line breaks, above the line.</summary>
    public string Print(string text)
    {
        LineLayout? drawn = _drawn;
        var output = new StringBuilder();
        Erase(output);
        output.Append(text);
        if (drawn is not null)
        {
            Render(output, drawn);
        }

        return output.ToString();
    }

    /// <summary>Takes the line from the screen.</summary>
    public string Erase()
    {
        var output = new StringBuilder();
        Erase(output);
        return output.ToString();
    }

    /// <summary>Leaves the line where it is and goes to an empty row behind it.</summary>
    public string Leave()
    {
        if (_drawn is not { } drawn)
        {
            return "";
        }

        int last = Math.Min(drawn.RowCount, _top + _rows) - 1;
        var output = new StringBuilder();
        Move(output, last - drawn.Cursor.Row, 'B');
        _drawn = null;
        return output.Append("\r\n").ToString();
    }

    /// <summary>Draws <paramref name="line"/> on a screen that is cleared.</summary>
    public string DrawOnClearedScreen(LineView line)
    {
        _drawn = null;
        return ClearScreen + Draw(line);
    }

    /// <summary>Nothing is known any more about what is on the screen.</summary>
    public void Forget() => _drawn = null;

    /// <summary>Others have written: draws <paramref name="line"/> from the row on that the cursor is in.</summary>
    public string DrawAnew(LineView line) => $"{Erase()}{ClearBelow}{Draw(line)}";

    /// <summary>The screen has this size now: draws the line again if it had another.</summary>
    public string Resize(int columns, int rows)
    {
        int columnsBefore = _columns;
        int rowsBefore = _rows;
        SetSize(columns, rows);
        if (_drawn is not { } drawn || (_columns == columnsBefore && _rows == rowsBefore))
        {
            return "";
        }

        if (_columns != columnsBefore)
        {
            // The terminal has wrapped its lines anew, and the cursor went along with its character. If only a part of
            // the line was to be seen, it filled the screen: then all from the top is ours.
            _drawn = drawn.Rewrapped(_columns);
            _top = 0;
        }

        var output = new StringBuilder();
        Erase(output);
        Render(output, new LineLayout(drawn.Line, _columns));
        return output.ToString();
    }

    private void SetSize(int columns, int rows)
    {
        _columns = Math.Max(columns, LeastColumns);
        _rows = Math.Max(rows, 1);
    }

    /// <summary>The usual case: something typed at the end of the line. All the rest can stay.</summary>
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

        // ASCII alone: other characters may join the one before.
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
            Move(output, drawn.Cursor.Row - _top, 'A');
            output.Append(ClearBelow);
            _drawn = null;
        }
    }

    private void Render(StringBuilder output, LineLayout layout)
    {
        _drawn = layout;
        _top = layout.RowCount <= _rows
            ? 0
            : Math.Clamp(layout.Cursor.Row - (_rows / 2), 0, layout.RowCount - _rows);
        int last = Math.Min(layout.RowCount, _top + _rows) - 1;

        layout.Render(output, _top, last);
        Move(output, last - layout.Cursor.Row, 'A');
        if (layout.Line.Cursor != layout.Line.Text.Length)
        {
            output.Append(CultureInfo.InvariantCulture, $"\e[{layout.Cursor.Column + 1}G");
        }
    }

    private static void Move(StringBuilder output, int rows, char direction)
    {
        if (rows > 0)
        {
            output.Append(CultureInfo.InvariantCulture, $"\e[{rows}{direction}");
        }
    }
}
