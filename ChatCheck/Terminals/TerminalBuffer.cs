namespace ThreadedChat.ChatCheck.Terminals;

/// <summary>The rows of a terminal: which of them scroll, and those that scrolled off at the top.</summary>
internal sealed class TerminalBuffer
{
    /// <summary>The limit of kept rows, so that a flood does not fill the memory.</summary>
    private const int MostHistory = 20_000;

    private readonly bool _hasHistory;
    private readonly List<TerminalRow> _history = [];
    private readonly List<TerminalRow> _rows;

    /// <summary>An empty one.</summary>
    public TerminalBuffer(int rows, int columns, bool hasHistory)
    {
        Columns = columns;
        _hasHistory = hasHistory;
        _rows = [.. Enumerable.Range(0, rows).Select(_ => new TerminalRow())];
        Bottom = rows - 1;
    }

    /// <summary>How many rows there are.</summary>
    public int Height => _rows.Count;

    /// <summary>How many cells a row has.</summary>
    public int Columns { get; }

    /// <summary>The first row that scrolls.</summary>
    public int Top { get; private set; }

    /// <summary>The last row that scrolls.</summary>
    public int Bottom { get; private set; }

    /// <summary>A row of the screen.</summary>
    public TerminalRow this[int row] => _rows[row];

    /// <summary>Lets only these rows scroll. False if they are not at least two rows of the screen.</summary>
    public bool SetMargins(int top, int bottom)
    {
        if (top < 0 || top >= bottom || bottom >= Height)
        {
            return false;
        }

        (Top, Bottom) = (top, bottom);
        return true;
    }

    /// <summary>Moves the rows from <paramref name="top"/> to the bottom margin up. Rows that leave the top of the screen are kept.</summary>
    public void ScrollUp(int top, int count)
    {
        for (int i = Math.Min(count, Bottom - top + 1); i > 0; i--)
        {
            if (_hasHistory && top == Top && _history.Count < MostHistory)
            {
                _history.Add(_rows[top]);
            }

            _rows.RemoveAt(top);
            _rows.Insert(Bottom, new TerminalRow());
        }
    }

    /// <summary>Moves the rows from <paramref name="top"/> to the bottom margin down.</summary>
    public void ScrollDown(int top, int count)
    {
        for (int i = Math.Min(count, Bottom - top + 1); i > 0; i--)
        {
            _rows.RemoveAt(Bottom);
            _rows.Insert(top, new TerminalRow());
        }
    }

    /// <summary>Takes rows out at <paramref name="row"/>; those below move up. Nothing of it is kept.</summary>
    public void RemoveRows(int row, int count)
    {
        for (int i = Math.Min(count, Bottom - row + 1); i > 0; i--)
        {
            _rows.RemoveAt(row);
            _rows.Insert(Bottom, new TerminalRow());
        }
    }

    /// <summary>Makes the rows from <paramref name="start"/> to before <paramref name="end"/> blank.</summary>
    public void Clear(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            _rows[row] = new TerminalRow();
        }
    }

    /// <summary>Forgets the rows that scrolled off.</summary>
    public void ClearHistory() => _history.Clear();

    /// <summary>
    /// The lines from the first to that of row <paramref name="last"/> or the last that is not blank: rows of one text that had
    /// no room in one of them are one line. Blanks at the ends are no part of a line.
    /// </summary>
    /// <param name="last">A row that counts even if it is blank.</param>
    /// <param name="lineOfLast">The index of its line.</param>
    public List<string> Lines(int last, out int lineOfLast)
    {
        var lines = new List<string>();
        lineOfLast = 0;
        string begun = "";
        int end = Math.Max(last, _rows.FindLastIndex(row => !row.IsBlank));
        for (int i = -_history.Count; i <= end; i++)
        {
            TerminalRow row = i < 0 ? _history[i + _history.Count] : _rows[i];
            lineOfLast = i == last ? lines.Count : lineOfLast;
            begun += row.ToString();
            if (!row.IsContinued || i == end)
            {
                lines.Add(begun.TrimEnd(' '));
                begun = "";
            }
        }

        return lines;
    }
}
