using System.Text;

namespace ThreadedChat.ChatCheck.Terminals;

/// <summary>The graphics of the VT100, which stand in the places of the small letters.</summary>
internal static class LineDrawing
{
    private const char First = '_';
    private const string Shown = " ◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    /// <summary>What a terminal shows for a character while the graphics are chosen.</summary>
    public static Rune Of(Rune rune) =>
        rune.Value >= First && rune.Value < First + Shown.Length ? new Rune(Shown[rune.Value - First]) : rune;
}
