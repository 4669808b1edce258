namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// The line that was on the screen when the window got another size, until it is known where it stands now. Some terminals
/// wrap their rows anew (most), others cut them off (xterm, PuTTY): the column of the cursor tells which.
/// </summary>
/// <param name="drawn">The part of the line that is on the screen, as it was drawn.</param>
/// <param name="columns">The width it was drawn for.</param>
internal sealed class MovedLine(LineLayout drawn, int columns)
{
    private int _leastColumns = columns;

    /// <summary>The screen has this width now.</summary>
    public void NoteWidth(int width) => _leastColumns = Math.Min(_leastColumns, width);

    /// <summary>
    /// How many rows of the line are above that of the cursor. Where it cannot be known, the fewest that are possible: so
    /// rows of the line may be left behind, but nothing that stands above it is ever erased.
    /// </summary>
    /// <param name="width">The screen's width.</param>
    /// <param name="cursorColumn">Where the terminal says that the cursor is; null if it does not say.</param>
    public int RowsAbove(int width, int? cursorColumn)
    {
        (int Row, int Column) cut = (drawn.Cursor.Row, Math.Min(drawn.Cursor.Column, _leastColumns - 1));
        (int Row, int Column) wrapped = drawn.Rewrapped(width).Cursor;

        // Behind a full row terminals leave the cursor in its last cell, or put it into the next row.
        (int Row, int Column) behindFullRow = wrapped is { Row: > 0, Column: 0 } ? (wrapped.Row - 1, width - 1) : wrapped;

        (int Row, int Column)[] possible = [cut, wrapped, behindFullRow];
        IEnumerable<(int Row, int Column)> fitting = possible.Where(cell => cell.Column == cursorColumn);
        return (fitting.Any() ? fitting : possible).Min(cell => cell.Row);
    }
}
