namespace ThreadedChat.ChatCheck.Terminals;

/// <summary>One row of a terminal. A cell that was never written is a blank.</summary>
internal sealed class TerminalRow
{
    private const string Blank = " ";

    /// <summary>The second cell of a character that takes two.</summary>
    private const string SecondHalf = "";

    private readonly List<string> _cells = [];

    /// <summary>Whether the text continues in the next row because this one was full.</summary>
    public bool IsContinued { get; set; }

    /// <summary>Whether anything but blanks is in it.</summary>
    public bool IsBlank => _cells.TrueForAll(cell => cell == Blank);

    /// <summary>The text, with blanks at its end only if they were written.</summary>
    public override string ToString() => string.Concat(_cells);

    /// <summary>The same row once more.</summary>
    public TerminalRow Copy()
    {
        var copy = new TerminalRow { IsContinued = IsContinued };
        copy._cells.AddRange(_cells);
        return copy;
    }

    /// <summary>Puts a character of <paramref name="width"/> cells at a column.</summary>
    public void Put(int column, string character, int width)
    {
        Blanken(column, column + width);
        _cells[column] = character;
        for (int i = 1; i < width; i++)
        {
            _cells[column + i] = SecondHalf;
        }
    }

    /// <summary>Adds a mark that takes no cell to the character at or before a column.</summary>
    public void Mark(int column, string mark)
    {
        while (column > 0 && column < _cells.Count && _cells[column] == SecondHalf)
        {
            column--;
        }

        if (column < _cells.Count)
        {
            _cells[column] += mark;
        }
    }

    /// <summary>Makes the cells from <paramref name="start"/> to before <paramref name="end"/> blank.</summary>
    public void Erase(int start, int end)
    {
        if (start < _cells.Count)
        {
            int count = _cells.Count;
            Blanken(start, Math.Min(end, count));
            if (end >= count)
            {
                _cells.RemoveRange(start, _cells.Count - start);
            }
        }
    }

    /// <summary>Moves the cells from a column on to the right; cells that leave the row are lost.</summary>
    public void Insert(int column, int count, int columns)
    {
        if (column < _cells.Count)
        {
            Blanken(column, column);
            _cells.InsertRange(column, Enumerable.Repeat(Blank, Math.Min(count, columns - column)));
            Cut(columns);
        }
    }

    /// <summary>Removes cells; the cells behind them move to the left.</summary>
    public void Remove(int column, int count)
    {
        if (column < _cells.Count)
        {
            int end = Math.Min(column + count, _cells.Count);
            Blanken(column, end);
            _cells.RemoveRange(column, end - column);
        }
    }

    private void Cut(int columns)
    {
        if (_cells.Count > columns)
        {
            Blanken(columns, _cells.Count);
            _cells.RemoveRange(columns, _cells.Count - columns);
        }
    }

    /// <summary>Makes these cells blank and the row long enough; of a character that is cut in two the other half goes as well.</summary>
    private void Blanken(int start, int end)
    {
        while (_cells.Count < end)
        {
            _cells.Add(Blank);
        }

        for (int i = start; i > 0 && i < _cells.Count && _cells[i] == SecondHalf; i--)
        {
            _cells[i] = Blank;
            _cells[i - 1] = _cells[i - 1] == SecondHalf ? SecondHalf : Blank;
        }

        for (int i = end; i < _cells.Count && end > start && _cells[i] == SecondHalf; i++)
        {
            _cells[i] = Blank;
        }

        for (int i = start; i < end; i++)
        {
            _cells[i] = Blank;
        }
    }
}
