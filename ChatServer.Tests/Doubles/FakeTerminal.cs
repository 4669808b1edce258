using System.Globalization;
using System.Text;
using Wcwidth;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>
/// The screen of a terminal: understands only the sequences that the client writes, and fails on others. Wraps at the right edge only when
/// the next character arrives, as terminals do, scrolls, and at a resize wraps its lines again or truncates its rows.
/// </summary>
/// <param name="columns">Cells in a row.</param>
/// <param name="rows">Rows of the window.</param>
/// <param name="joinsEmoji">True to draw an emoji put together of several as one, of two cells; false for one after the other.</param>
/// <param name="wrapsAnew">True to wrap its lines again at a resize, as most terminals; false to truncate its rows, as xterm.</param>
internal sealed class FakeTerminal(int columns, int rows, bool joinsEmoji, bool wrapsAnew = true)
{
    private readonly List<Line> _lines = [new Line()]; // those above the window too
    private int _columns = columns;
    private int _rows = rows;
    private int _top; // the window's first line in _lines
    private int _row;
    private int _column; // _columns: behind a full row, and not yet in the next
    private bool _wraps = true;

    /// <summary>The cursor's cell in the window.</summary>
    public (int Row, int Column) Cursor => (_row - _top, Math.Min(_column, _columns - 1));

    /// <summary>The unread cursor position reports, counted from 1.</summary>
    public Queue<(int Row, int Column)> Answers { get; } = [];

    /// <summary>All rows, those that have left the window too, without the empty ones at the end and without spaces at their ends.</summary>
    public string[] Rows => WithoutEmptyEnd(_lines.Select(line => line.Text));

    /// <summary>The rows of the window, without spaces at their ends.</summary>
    public string[] Window => [.. Enumerable.Range(_top, _rows).Select(i => i < _lines.Count ? _lines[i].Text.TrimEnd() : "")];

    /// <summary>All lines: as <see cref="Rows"/>, but rows that a line was wrapped into are one again.</summary>
    public string[] Lines
    {
        get
        {
            var lines = new List<string>();
            bool continues = false;
            foreach (Line row in _lines)
            {
                if (continues)
                {
                    lines[^1] += row.Text;
                }
                else
                {
                    lines.Add(row.Text);
                }

                continues = row.IsWrapped;
            }

            return WithoutEmptyEnd(lines);
        }
    }

    /// <summary>The cursor's row, counted from the one in which the line with number <paramref name="line"/> of <see cref="Lines"/> begins.</summary>
    public int CursorRowIn(int line) => _row - FirstRow(line);

    /// <summary>The text between the start of line <paramref name="line"/> of <see cref="Lines"/> and the cursor.</summary>
    public string BeforeCursor(int line)
    {
        int first = FirstRow(line);
        return string.Concat(_lines.Take(_row).Skip(first).Select(row => row.Text)) + string.Concat(_lines[_row].Cells.Take(_column));
    }

    /// <summary>Shows the output of a program.</summary>
    public void Write(string output)
    {
        for (int i = 0; i < output.Length;)
        {
            switch (output[i])
            {
                case '\e':
                    i = Sequence(output, i);
                    break;
                case '\r':
                    _column = 0;
                    i++;
                    break;
                case '\n':
                    LineFeed(isWrap: false);
                    i++;
                    break;
                default:
                    i += Print(output, i);
                    break;
            }
        }
    }

    /// <summary>Gives the window another size.</summary>
    public void Resize(int columns, int rows)
    {
        if (wrapsAnew)
        {
            WrapAnew(columns, rows);
        }
        else
        {
            CutOff(columns, rows);
        }
    }

    /// <summary>Text beyond the window is lost, and the cursor stays in its row.</summary>
    private void CutOff(int columns, int rows)
    {
        foreach (Line line in _lines.Skip(_top))
        {
            if (line.Cells.Count > columns)
            {
                bool isHalf = line.Cells[columns].Length == 0;
                line.Cells.RemoveRange(columns, line.Cells.Count - columns);
                if (isHalf)
                {
                    line.Cells[^1] = " ";
                }
            }
        }

        _column = Math.Min(_column, Math.Min(_columns, columns) - 1);
        (_columns, _rows) = (columns, rows);

        // Rows that have left the window come back when it grows; when it shrinks, rows below the cursor go first.
        _top = Math.Max(Math.Max(0, Math.Min(_top, _lines.Count - rows)), _row - rows + 1);
        DropBelowWindow();
    }

    /// <summary>The cursor stays in the window, also if there is more below it than fits.</summary>
    private void DropBelowWindow()
    {
        if (_lines.Count > _top + _rows)
        {
            _lines.RemoveRange(_top + _rows, _lines.Count - _top - _rows);
        }
    }

    /// <summary>The lines in the window wrap again, and the cursor stays with its character.</summary>
    private void WrapAnew(int columns, int rows)
    {
        List<List<Line>> paragraphs = [];
        bool continues = false;
        foreach (Line line in _lines)
        {
            if (!continues)
            {
                paragraphs.Add([]);
            }

            paragraphs[^1].Add(line);
            continues = line.IsWrapped;
        }

        Line cursorLine = _lines[_row];
        int cursorColumn = _column;
        _lines.Clear();
        (_columns, _rows) = (columns, rows);
        foreach (List<Line> paragraph in paragraphs)
        {
            // The place of the cursor, counted in cells from the paragraph's start.
            int before = paragraph.TakeWhile(line => line != cursorLine).Sum(line => line.Cells.Count);
            WrapAnew(
                [.. paragraph.SelectMany(line => line.Cells)], paragraph.Contains(cursorLine) ? before + cursorColumn : -1);
        }

        _top = Math.Min(_row, Math.Max(0, _lines.Count - rows));
        DropBelowWindow();
    }

    private void WrapAnew(List<string> cells, int cursor)
    {
        var row = new Line();
        _lines.Add(row);
        int index = 0;
        while (index < cells.Count)
        {
            int width = index + 1 < cells.Count && cells[index + 1].Length == 0 ? 2 : 1;
            if (row.Cells.Count + width > _columns)
            {
                row = NextRow(row);
            }

            if (cursor >= index && cursor < index + width)
            {
                (_row, _column) = (_lines.Count - 1, row.Cells.Count);
            }

            row.Cells.AddRange(cells.GetRange(index, width));
            index += width;
        }

        if (cursor >= index)
        {
            if (row.Cells.Count + (cursor - index) >= _columns)
            {
                cursor -= _columns - row.Cells.Count;
                row = NextRow(row);
            }

            (_row, _column) = (_lines.Count - 1, row.Cells.Count + (cursor - index));
        }
    }

    private Line NextRow(Line row)
    {
        row.IsWrapped = true;
        _lines.Add(new Line());
        return _lines[^1];
    }

    /// <summary>Prints a whole grapheme, or a code point. Returns how many units it has.</summary>
    private int Print(string output, int i)
    {
        // Most characters are ASCII without a mark behind them. For these the look into Unicode would cost most of the time of a test.
        bool isPlain = output[i] is >= ' ' and <= '~' && (i + 1 == output.Length || char.IsAscii(output[i + 1]));
        (string text, int width) = isPlain ? (output[i].ToString(), 1) : Measure(output, i);
        int length = text.Length;
        if (width == 0)
        {
            Join(text);
            return length;
        }

        if (_column + width > _columns)
        {
            if (_wraps)
            {
                LineFeed(isWrap: true);
            }
            else
            {
                _column = _columns - width;
            }
        }

        Put(text, width);
        return length;
    }

    private (string Text, int Width) Measure(string output, int i)
    {
        int grapheme = StringInfo.GetNextTextElementLength(output.AsSpan(i));
        int length = joinsEmoji ? grapheme : Rune.GetRuneAt(output, i).Utf16SequenceLength;
        string text = output.Substring(i, length);
        int width = text.EnumerateRunes().Sum(rune => Math.Max(0, UnicodeCalculator.GetWidth(rune)));
        if (joinsEmoji && text.EnumerateRunes().Any(rune => rune.Value is 0xFE0F or (>= 0x1F000 and <= 0x1FFFF)))
        {
            width = text.Contains('\uFE0F', StringComparison.Ordinal) ? 2 : Math.Min(width, 2);
        }

        return (text, width);
    }

    private void Join(string mark)
    {
        List<string> cells = _lines[_row].Cells;
        int cell = Math.Min(_column, cells.Count) - 1;
        if (cell >= 0)
        {
            cells[cell > 0 && cells[cell].Length == 0 ? cell - 1 : cell] += mark;
        }
    }

    private void Put(string text, int width)
    {
        List<string> cells = _lines[_row].Cells;
        while (cells.Count < _column + width)
        {
            cells.Add(" ");
        }

        // What is left of a wide character that is half overwritten is blank.
        if (cells[_column].Length == 0 && _column > 0)
        {
            cells[_column - 1] = " ";
        }

        if (_column + width < cells.Count && cells[_column + width].Length == 0)
        {
            cells[_column + width] = " ";
        }

        cells[_column] = text;
        if (width == 2)
        {
            cells[_column + 1] = "";
        }

        _column += width;
    }

    private void LineFeed(bool isWrap)
    {
        _lines[_row].IsWrapped |= isWrap; // as tmux: only clearing the row as a whole undoes it
        _column = isWrap ? 0 : _column;
        _row++;
        if (_row == _lines.Count)
        {
            _lines.Add(new Line());
        }

        _top = Math.Max(_top, _row - _rows + 1);
    }

    /// <summary>Executes the sequence that begins at <paramref name="start"/>. Returns its end.</summary>
    private int Sequence(string output, int start)
    {
        Assert.AreEqual('[', output[start + 1], "Only CSI sequences are expected.");
        int end = start + 2;
        while (output[end] is not (>= '@' and <= '~'))
        {
            end++;
        }

        string parameters = output[(start + 2)..end];
        int count = int.TryParse(parameters, NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : 1;
        switch ((parameters, output[end]))
        {
            case (_, 'm'):
                break; // colours and attributes are not shown
            case ("?7", 'h' or 'l'):
                _wraps = output[end] == 'h';
                break;
            case ("", 'J') when (_row, _column) != (_top, 0):
                ClearRow(_lines[_row]);
                _lines.RemoveRange(_row + 1, _lines.Count - _row - 1);
                break;
            case ("", 'K'):
                ClearRow(_lines[_row]);
                break;
            case ("2", 'K'):
                _lines[_row] = new Line();
                break;
            case ("6", 'n'):
                Answers.Enqueue((Cursor.Row + 1, Cursor.Column + 1));
                break;
            case ("", 'H'):
                (_row, _column) = (_top, 0);
                break;
            case ("", 'J') or ("2", 'J'):
                // The whole window: what was to be seen goes above it, as in tmux.
                _row += _lines.Count - _top;
                _top = _lines.Count;
                _lines.AddRange(Enumerable.Range(0, _rows).Select(_ => new Line()));
                break;
            case (_, 'A'):
                MoveTo(Math.Max(_top, _row - count), Math.Min(_column, _columns - 1));
                break;
            case (_, 'B'):
                MoveTo(Math.Min(_lines.Count - 1, _row + count), Math.Min(_column, _columns - 1));
                break;
            case (_, 'G'):
                MoveTo(_row, Math.Clamp(count - 1, 0, _columns - 1));
                break;
            default:
                Assert.Fail($"The painter writes a sequence this terminal does not know: ESC[{parameters}{output[end]}");
                break;
        }

        return end + 1;
    }

    private void MoveTo(int row, int column) => (_row, _column) = (row, column);

    /// <summary>From the cursor on.</summary>
    private void ClearRow(Line line)
    {
        int from = Math.Min(_column, _columns - 1);
        if (from < line.Cells.Count)
        {
            if (line.Cells[from].Length == 0 && from > 0)
            {
                line.Cells[from - 1] = " ";
            }

            line.Cells.RemoveRange(from, line.Cells.Count - from);
        }

        line.IsWrapped &= from > 0;
    }

    private int FirstRow(int line)
    {
        int row = 0;
        for (; line > 0; row++)
        {
            line -= _lines[row].IsWrapped ? 0 : 1;
        }

        return row;
    }

    private static string[] WithoutEmptyEnd(IEnumerable<string> texts) =>
        [.. texts.Select(text => text.TrimEnd()).Reverse().SkipWhile(text => text.Length == 0).Reverse()];

    /// <summary>A row: a text for each cell, empty for the second one of a wide character.</summary>
    private sealed class Line
    {
        public List<string> Cells { get; } = [];

        /// <summary>True if the next row continues it.</summary>
        public bool IsWrapped { get; set; }

        public string Text => string.Concat(Cells);
    }
}
