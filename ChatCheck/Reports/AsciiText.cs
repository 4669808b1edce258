using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatCheck.Reports;

/// <summary>Text of reports in ASCII: marks and arrows so that they can be told apart, letters without their accents.</summary>
internal static class AsciiText
{
    private const int FirstLetter = 0xC0;

    // Of Latin-1 from À on: what Portuguese needs. The programs carry no tables of Unicode (InvariantGlobalization).
    private const string Letters = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";

    /// <summary>The ASCII for one character; <c>?</c> if there is none.</summary>
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
        '‘' or '’' => "'",
        '“' or '”' or '«' or '»' => "\"",
        >= FirstLetter and < FirstLetter + 0x40 => Letters[rune.Value - FirstLetter].ToString(),
        _ => IsMark(rune) ? "" : "?",
    };

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
}
