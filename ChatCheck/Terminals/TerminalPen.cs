using System.Text;
using Wcwidth;

namespace ThreadedChat.ChatCheck.Terminals;

/// <summary>The cursor of a terminal, and the writing at it.</summary>
internal sealed class TerminalPen
{
    private const int TabWidth = 8;

    private readonly TerminalBuffer _main;
    private TerminalBuffer? _alternate;
    private TerminalCursor _savedOfMain = new();
    private TerminalCursor _savedOfAlternate = new();
    private bool[] _tabStops;
    private Rune? _lastPrinted;

    /// <summary>An empty screen with the cursor in its corner.</summary>
    public TerminalPen(int rows, int columns, bool newLineMode)
    {
        Columns = columns;
        ReturnsAtNewline = newLineMode;
        _main = new TerminalBuffer(rows, columns, hasHistory: true);
        _tabStops = UsualTabStops(columns);
    }

    /// <summary>How many cells a row has.</summary>
    public int Columns { get; }

    /// <summary>The screen in use.</summary>
    public TerminalBuffer Buffer => _alternate ?? _main;

    /// <summary>Where the next character goes.</summary>
    public TerminalCursor Cursor { get; set; } = new();

    /// <summary>Whether the second screen is in use.</summary>
    public bool IsAlternate => _alternate is not null;

    /// <summary>The lines of the second screen when it was left last.</summary>
    public IReadOnlyList<string> LeftLines { get; private set; } = [];

    /// <summary>How many characters have been written or erased so far.</summary>
    public int Changes { get; private set; }

    /// <summary>Whether a full row continues in the next.</summary>
    public bool Wraps { get; set; } = true;

    /// <summary>Whether written characters move the existing ones to the right.</summary>
    public bool Inserts { get; set; }

    /// <summary>Whether a newline returns to the first column.</summary>
    public bool ReturnsAtNewline { get; set; }

    /// <summary>The row with the cursor.</summary>
    public TerminalRow Row => Buffer[Cursor.Row];

    /// <summary>Writes a character at the cursor.</summary>
    public void Print(Rune rune)
    {
        Rune shown = Cursor.ShowsGraphics ? LineDrawing.Of(rune) : rune;
        int width = Math.Min(UnicodeCalculator.GetWidth(shown), Columns);
        Changes++;
        if (width <= 0)
        {
            Row.Mark(Cursor.IsBehindEdge ? Cursor.Column : Math.Max(Cursor.Column - 1, 0), shown.ToString());
            return;
        }

        if (Wraps && (Cursor.IsBehindEdge || Cursor.Column + width > Columns))
        {
            Row.IsContinued = true;
            Return();
            LineFeed();
        }

        int column = Math.Min(Cursor.Column, Columns - width);
        if (Inserts)
        {
            Row.Insert(column, width, Columns);
        }

        Row.Put(column, shown.ToString(), width);
        _lastPrinted = rune;
        bool isFull = column + width == Columns;
        Cursor = Cursor with { Column = isFull ? Columns - 1 : column + width, IsBehindEdge = isFull && Wraps };
    }

    /// <summary>Writes the last character <paramref name="count"/> times more.</summary>
    public void Repeat(int count)
    {
        for (int i = Math.Min(count, Columns * Buffer.Height); i > 0 && _lastPrinted is Rune last; i--)
        {
            Print(last);
        }
    }

    /// <summary>Only a character that was the last thing printed is repeated.</summary>
    public void ForgetLast() => _lastPrinted = null;

    /// <summary>Puts the cursor there; it stays on the screen.</summary>
    public void MoveTo(int row, int column) => Cursor = Cursor with
    {
        Row = Math.Clamp(row, 0, Buffer.Height - 1),
        Column = Math.Clamp(column, 0, Columns - 1),
        IsBehindEdge = false,
    };

    /// <summary>Puts the cursor into a row as the program counts rows.</summary>
    public void MoveToCounted(int row, int column) => MoveTo(
        Cursor.HasOrigin ? Math.Min(Buffer.Top + row, Buffer.Bottom) : row, column);

    /// <summary>Moves the cursor up (below 0) or down; a margin stops it.</summary>
    public void MoveRows(int count)
    {
        int row = Cursor.Row + count;
        row = count < 0 && Cursor.Row >= Buffer.Top ? Math.Max(row, Buffer.Top)
            : count > 0 && Cursor.Row <= Buffer.Bottom ? Math.Min(row, Buffer.Bottom)
            : row;
        MoveTo(row, Cursor.Column);
    }

    /// <summary>To the first column.</summary>
    public void Return() => MoveTo(Cursor.Row, 0);

    /// <summary>One row down; in the last row that scrolls the rows move up instead.</summary>
    public void LineFeed()
    {
        if (Cursor.Row == Buffer.Bottom)
        {
            Buffer.ScrollUp(Buffer.Top, 1);
        }
        else
        {
            MoveTo(Cursor.Row + 1, Cursor.Column);
        }

        Cursor = Cursor with { IsBehindEdge = false };
    }

    /// <summary>One row up; in the first row that scrolls the rows move down instead.</summary>
    public void ReverseLineFeed()
    {
        if (Cursor.Row == Buffer.Top)
        {
            Buffer.ScrollDown(Buffer.Top, 1);
        }
        else
        {
            MoveTo(Cursor.Row - 1, Cursor.Column);
        }
    }

    /// <summary>To the next tab stop, <paramref name="count"/> times; back if <paramref name="count"/> is below 0.</summary>
    public void Tab(int count)
    {
        int step = Math.Sign(count);
        int column = Cursor.Column;
        for (int i = Math.Min(Math.Abs(count), Columns); i > 0; i--)
        {
            do
            {
                column += step;
            }
            while (column > 0 && column < Columns - 1 && !_tabStops[column]);
        }

        MoveTo(Cursor.Row, column);
    }

    /// <summary>Sets a tab stop at the cursor or takes it away.</summary>
    public void SetTabStop(bool isSet) => _tabStops[Cursor.Column] = isSet;

    /// <summary>Takes all tab stops away.</summary>
    public void ClearTabStops() => Array.Clear(_tabStops);

    /// <summary>Erases cells of the row with the cursor, from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    public void EraseInRow(int start, int end)
    {
        Changes++;
        Row.Erase(start, Math.Min(end, Columns));
        Row.IsContinued &= end < Columns;
    }

    /// <summary>Erases whole rows.</summary>
    public void EraseRows(int start, int end)
    {
        Changes++;
        Buffer.Clear(start, end);
    }

    /// <summary>Keeps the cursor for <see cref="Restore"/>.</summary>
    public void Save()
    {
        if (IsAlternate)
        {
            _savedOfAlternate = Cursor;
        }
        else
        {
            _savedOfMain = Cursor;
        }
    }

    /// <summary>Restores the saved cursor.</summary>
    public void Restore() => Cursor = IsAlternate ? _savedOfAlternate : _savedOfMain;

    /// <summary>Goes to the second screen, or back to the first.</summary>
    public void Switch(bool toAlternate)
    {
        if (toAlternate != IsAlternate)
        {
            Changes++;
            LeftLines = toAlternate ? LeftLines : Buffer.Lines(Cursor.Row, out _);
            _alternate = toAlternate ? new TerminalBuffer(_main.Height, Columns, hasHistory: false) : null;
        }
    }

    /// <summary>As when the terminal was switched on; the history stays.</summary>
    public void Reset()
    {
        Switch(toAlternate: false);
        SoftReset();
        EraseRows(0, Buffer.Height);
        Cursor = new TerminalCursor();
        _tabStops = UsualTabStops(Columns);
    }

    /// <summary>Resets modes and margins, and does not change the text.</summary>
    public void SoftReset()
    {
        Buffer.SetMargins(0, Buffer.Height - 1);
        Wraps = true;
        Inserts = false;
        Cursor = new TerminalCursor(Cursor.Row, Cursor.Column);
        (_savedOfMain, _savedOfAlternate) = (new TerminalCursor(), new TerminalCursor());
    }

    private static bool[] UsualTabStops(int columns) => [.. Enumerable.Range(0, columns).Select(column => column % TabWidth == 0)];
}
