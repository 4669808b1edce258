using System.Globalization;
using System.Text;
using Wcwidth;

namespace ThreadedChat.ChatClient.Display;

/// <summary>The width of a grapheme in cells of a terminal, and whether all terminals agree on it.</summary>
internal static class CellWidth
{
    private const int VariationSelectorEmoji = 0xFE0F;
    private const int FirstPictograph = 0x1F000;
    private const int LastPictograph = 0x1FFFF;

    /// <summary>The width of one grapheme in cells, and true if it cannot be relied on.</summary>
    /// <remarks>
    /// Terminals agree on letters, ideographs, and marks above and below them. They disagree on emoji, mainly on those of several
    /// code points, and on the vowel signs of Indic scripts. For these the result is the most common width: 2 for an emoji.
    /// </remarks>
    public static (int Cells, bool IsUncertain) Of(ReadOnlySpan<char> grapheme)
    {
        if (grapheme.Length == 1 && char.IsAscii(grapheme[0]))
        {
            return (1, false); // the usual case needs no table
        }

        int cells = 0;
        bool isPictograph = false;
        bool asksForEmoji = false;
        bool isUncertain = false;
        bool isFirst = true;
        foreach (Rune rune in grapheme.EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            bool isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
            isUncertain |= isFirst == isMark;
            isFirst = false;

            isPictograph |= rune.Value is >= FirstPictograph and <= LastPictograph;
            asksForEmoji |= rune.Value == VariationSelectorEmoji;

            // The table has 0 for signs beside their letter; most terminals give them a cell.
            cells += category == UnicodeCategory.SpacingCombiningMark ? 1 : Math.Max(0, UnicodeCalculator.GetWidth(rune));
        }

        return asksForEmoji ? (2, true)
            : isPictograph ? (Math.Min(cells, 2), true)
            : (cells, isUncertain || cells == 0);
    }

    /// <summary>The largest width of a grapheme on any terminal: some draw its code points side by side.</summary>
    public static int AtMost(ReadOnlySpan<char> grapheme)
    {
        (int cells, bool isUncertain) = Of(grapheme);
        if (!isUncertain)
        {
            return cells;
        }

        int apart = 0;
        foreach (Rune rune in grapheme.EnumerateRunes())
        {
            apart += Math.Max(rune.Value >= FirstPictograph ? 2 : 1, UnicodeCalculator.GetWidth(rune));
        }

        return Math.Max(cells, apart);
    }
}
