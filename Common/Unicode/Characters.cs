using System.Globalization;
using System.Text;

namespace ThreadedChat.Common.Unicode;

/// <summary>Kinds of characters that matter when users read texts of other users.</summary>
public static class Characters
{
    /// <summary>One of the twelve characters with the property Bidi_Control: they reorder the shown text.</summary>
    public static bool IsBidiControl(Rune rune) =>
        rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>The property Default_Ignorable_Code_Point: terminals show nothing for it.</summary>
    public static bool IsIgnorable(Rune rune) => rune.Value is
        0x00AD or 0x034F or 0x061C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F)
        or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0x3164
        or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8)
        or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE0FFF);

    /// <summary>
    /// A character that looks like a space: the property White_Space, and characters with an empty glyph (the braille pattern
    /// without dots, the fillers of Hangul, the null notehead, the blanks of Egyptian).
    /// </summary>
    public static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune)
        || rune.Value is 0x2800 or 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x1D159 or 0x13441 or 0x13442;

    /// <summary>
    /// A character that terminals show as nothing, as a blank or as a box, though it is not in <see cref="IsIgnorable"/>: marks of interlinear annotation,
    /// the place of an object that is not there, the format controls of Egyptian, and what has no agreed glyph: for private use, and no character.
    /// </summary>
    public static bool IsWithoutGlyph(Rune rune) => rune.Value is
        (>= 0xFFF9 and <= 0xFFFC) or (>= 0x13430 and <= 0x1343F) or (>= 0xFDD0 and <= 0xFDEF)
        || (rune.Value & 0xFFFE) == 0xFFFE
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.PrivateUse;

    /// <summary>A joiner of zero width: it changes how the characters on both sides of it are shown.</summary>
    public static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;

    /// <summary>The property Variation_Selector: it changes how the character before it is shown.</summary>
    public static bool IsVariationSelector(Rune rune) => rune.Value is
        (>= 0x180B and <= 0x180D) or 0x180F or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    /// <summary>
    /// A character that is visible on its own: not a blank, ignorable, control or combining character, and not one without an agreed
    /// glyph, that is, for private use or not assigned.
    /// </summary>
    public static bool IsVisible(Rune rune) => !IsBlank(rune) && !IsIgnorable(rune) && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.NonSpacingMark
        or UnicodeCategory.EnclosingMark);

    /// <summary>True for a text with a letter or a digit of any script, also of those whose characters take two UTF-16 units.</summary>
    public static bool HasLetterOrDigit(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text without the blanks of any kind at its beginning.</summary>
    public static string TrimStart(string text)
    {
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!IsBlank(rune))
            {
                break;
            }

            at += rune.Utf16SequenceLength;
        }

        return text[at..];
    }

    /// <summary>The words of a text, separated by runs of blanks of any kind.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">The maximum number of words.</param>
    public static List<string> Words(string text, int most)
    {
        var words = new List<string>();
        int begin = -1;
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isBlank = IsBlank(rune);
            if (isBlank && begin >= 0)
            {
                words.Add(text[begin..at]);
                begin = -1;
                if (words.Count == most)
                {
                    return words;
                }
            }
            else if (!isBlank && begin < 0)
            {
                begin = at;
            }

            at += rune.Utf16SequenceLength;
        }

        if (begin >= 0)
        {
            words.Add(text[begin..]);
        }

        return words;
    }
}
