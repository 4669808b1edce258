using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatCheck.Reporting;

/// <summary>Text of reports in ASCII: marks and arrows so that they can be told apart, letters without their accents.</summary>
internal static class AsciiText
{
    /// <summary>The ASCII for one character; <c>?</c> where there is none.</summary>
    public static string Of(Rune rune) => rune.Value switch
    {
        < 0x80 => rune.ToString(),
        '✓' => "+",
        '✗' => "X",
        '≠' => "#",
        '–' or '—' => "-",
        '→' => "->",
        '←' => "<-",
        '…' => "...",
        '·' => "_",
        '×' => "x",
        '‘' or '’' => "'",
        '“' or '”' => "\"",
        _ => WithoutAccent(rune),
    };

    private static string WithoutAccent(Rune rune)
    {
        Rune first = rune.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes().First();
        return first.IsAscii ? first.ToString()
            : Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? ""
            : "?";
    }
}
