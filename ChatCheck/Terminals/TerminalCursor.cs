namespace ThreadedChat.ChatCheck.Terminals;

/// <summary>The place where a terminal writes next, and the attributes that are saved and restored with it.</summary>
/// <param name="Row">From 0.</param>
/// <param name="Column">From 0.</param>
/// <param name="IsBehindEdge">The last cell of the row has been written: the next character goes into the next row.</param>
/// <param name="HasOrigin">Rows are counted from the first one that scrolls, and the cursor stays between the margins.</param>
/// <param name="Shift">Which of the two character sets is in use.</param>
/// <param name="Graphics">Whether the first and the second are the graphics.</param>
internal sealed record TerminalCursor(
    int Row = 0, int Column = 0, bool IsBehindEdge = false, bool HasOrigin = false, int Shift = 0, (bool First, bool Second) Graphics = default)
{
    /// <summary>Whether letters are shown as graphics.</summary>
    public bool ShowsGraphics => Shift == 0 ? Graphics.First : Graphics.Second;
}
