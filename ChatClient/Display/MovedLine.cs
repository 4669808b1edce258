namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// The line on the screen at a resize, until its new position is known. Most terminals rewrap their rows; others cut them off (xterm,
/// PuTTY). The column of the cursor shows which of the two has happened.
/// </summary>
/// <param name="drawn">The visible part of the line, as it was drawn.</param>
/// <param name="columns">The width it was drawn for.</param>
/// <param name="whole">The line from its start to the end of the visible part; null if its start is visible.</param>
internal sealed class MovedLine(LineLayout drawn, int columns, LineLayout? whole = null)
{
    private int _leastColumns = columns;

    public void NoteWidth(int width) => _leastColumns = Math.Min(_leastColumns, width);

    /// <summary>
    /// How many rows of the line are above the cursor. If that is unknown, the smallest possible number: rows of the line may remain,
    /// but nothing above the line is ever erased. So it is 0 if the cursor is in none of the possible columns: the terminal then has a
    /// size that the client does not know yet.
    /// </summary>
    /// <param name="width">The screen's width.</param>
    /// <param name="cursorColumn">The answer of the terminal; null if it has not answered.</param>
    public int RowsAbove(int width, int? cursorColumn)
    {
        (int Row, int Column) cut = (drawn.Cursor.Row, Math.Min(drawn.Cursor.Column, _leastColumns - 1));
        (int Row, int Column) wrapped = drawn.Rewrapped(width).Cursor;

        // After a full row a terminal leaves the cursor in the last cell, or moves it to the next row.
        (int Row, int Column) behindFullRow = wrapped is { Row: > 0, Column: 0 } ? (wrapped.Row - 1, width - 1) : wrapped;

        // A cursor that belonged behind a full row was drawn in the last cell, and the terminal keeps it there: in the cell before, or in
        // the first of two cells.
        (int Row, int Column)[] inLastCell = drawn.IsCursorInLastCell
            ? [wrapped with { Column = wrapped.Column - 1 }, wrapped with { Column = wrapped.Column - 2 }]
            : [];

        (int Row, int Column)[] possible = [cut, wrapped, behindFullRow, .. inLastCell];

        // Rows of the line above the visible part may still be on the screen, and then the terminal rewraps all as one line. Whether they
        // are is unknown.
        bool isAmbiguous = whole is not null && whole.Rewrapped(width).Cursor.Column == cursorColumn;
        (int Row, int Column)[] fitting = [.. possible.Where(cell => cell.Column == cursorColumn)];
        if (cursorColumn is not null && fitting.Length == 0)
        {
            return 0;
        }

        return (cursorColumn is null || isAmbiguous ? possible : fitting).Min(cell => cell.Row);
    }
}
