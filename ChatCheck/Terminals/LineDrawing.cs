using System.Text;

namespace ThreadedChat.ChatCheck.Terminals;

/// <summary>The graphics of the VT100, which replace the small letters.</summary>
internal static class LineDrawing
{
    private const char First = '_';
    private const string Shown = " ◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    /// <summary>The character that a terminal shows while the graphics are selected.</summary>
    public static Rune Of(Rune rune) =>
        rune.Value >= First && rune.Value < First + Shown.Length ? new Rune(Shown[rune.Value - First]) : rune;
}
