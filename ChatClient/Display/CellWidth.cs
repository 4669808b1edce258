using System.Globalization;
using System.Text;
using Wcwidth;

namespace ThreadedChat.ChatClient.Display;

/// <summary>How many cells of a terminal a grapheme takes, and whether all terminals agree.</summary>
internal static class CellWidth
{
    private const int VariationSelectorEmoji = 0xFE0F;
    private const int FirstPictograph = 0x1F000;
    private const int LastPictograph = 0x1FFFF;

    /// <summary>The width of one grapheme in cells, and true if it cannot be relied on.</summary>
    /// <remarks>
    /// Terminals agree on letters, ideographs and marks above and below them. They do not on emoji, above all on those
    /// put together of several, nor on the vowel signs of Indic scripts: there the width is what most take, 2 for an emoji.
    /// </remarks>
    public static (int Cells, bool IsUncertain) Of(ReadOnlySpan<char> grapheme)
    {
        if (grapheme.Length == 1 && char.IsAscii(grapheme[0]))
        {
            return (1, false); // without a table: it is almost always this
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

            // The table has 0 for signs that stand beside their letter; most terminals give them a cell.
            cells += category == UnicodeCategory.SpacingCombiningMark ? 1 : Math.Max(0, UnicodeCalculator.GetWidth(rune));
        }

        return asksForEmoji ? (2, true)
            : isPictograph ? (Math.Min(cells, 2), true)
            : (cells, isUncertain || cells == 0);
    }

    /// <summary>The most cells that any terminal gives to a grapheme: where it is not drawn as one, its parts stand in a row.</summary>
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
