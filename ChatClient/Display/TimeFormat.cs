using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatClient.Display;

/// <summary>A format of the time in the letters of <c>strftime</c>, which irssi and WeeChat use as well: <c>%H:%M</c>.</summary>
internal sealed record TimeFormat
{
    /// <summary>The most characters of a format.</summary>
    public const int MaxLength = 64;

    /// <summary>Hours and minutes.</summary>
    public static readonly TimeFormat Standard = new("%H:%M");

    private TimeFormat(string text) => Text = text;

    public string Text { get; }

    /// <summary>Null if <paramref name="text"/> is empty, too long, or has a letter after % that the client does not know.</summary>
    public static TimeFormat? TryParse(string text)
    {
        bool isKnown = text.Length is > 0 and <= MaxLength && !text.Any(char.IsControl)
            && Parts(text).All(part => part.Length == 1 || Custom(part[1]) is not null);
        return isKnown ? new TimeFormat(text) : null;
    }

    public string Format(DateTimeOffset time)
    {
        var output = new StringBuilder();
        foreach (string part in Parts(Text))
        {
            output.Append(part switch
            {
                "%%" => "%",
                ['%', var letter] => time.ToString(Custom(letter), CultureInfo.InvariantCulture),
                _ => part,
            });
        }

        return output.ToString();
    }

    /// <summary>Each part is one character, or % and the character after it.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            yield return text[i] != '%' ? text[i].ToString() : i + 1 < text.Length ? text.Substring(i++, 2) : "%\0";
        }
    }

    /// <summary>The format of .NET for a letter of strftime; null for one that is not supported.</summary>
    private static string? Custom(char letter) => letter switch
    {
        'H' => "HH",
        'I' => "hh",
        'M' => "mm",
        'S' => "ss",
        'p' => "tt",
        'Y' => "yyyy",
        'y' => "yy",
        'm' => "MM",
        'b' => "MMM",
        'd' => "dd",
        'a' => "ddd",
        'A' => "dddd",
        'z' => "zzz",
        'T' => "HH:mm:ss",
        'R' => "HH:mm",
        'F' => "yyyy-MM-dd",
        '%' => "%",
        _ => null,
    };
}
