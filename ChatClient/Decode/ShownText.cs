using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Decode;

/// <summary>The way back from the text of a trace to its bytes (<see cref="VisibleText"/>).</summary>
internal static partial class ShownText
{
    /// <returns>The bytes; null if the text is not one that <see cref="VisibleText.Show"/> makes of so many bytes.</returns>
    public static byte[]? ToBytes(string shown, int length)
    {
        var bytes = new List<byte>(length);
        for (int at = 0; at < shown.Length && bytes.Count <= length;)
        {
            Match escape = Escape().Match(shown, at);
            if (!escape.Success)
            {
                int next = shown.IndexOf('\\', at + 1);
                bytes.AddRange(Encoding.UTF8.GetBytes(shown[at..(next < 0 ? shown.Length : next)]));
                at = next < 0 ? shown.Length : next;
                continue;
            }

            byte[] one = One(escape);
            int count = escape.Groups["count"].Success && int.TryParse(escape.Groups["count"].ValueSpan, CultureInfo.InvariantCulture, out int times) ? times : 1;
            for (int i = 0; i < count && bytes.Count <= length; i++)
            {
                bytes.AddRange(one);
            }

            at += escape.Length;
        }

        return bytes.Count == length ? [.. bytes] : null;
    }

    private static byte[] One(Match escape) => escape.Groups["name"].Value switch
    {
        "n" => "\n"u8.ToArray(),
        "r" => "\r"u8.ToArray(),
        "t" => "\t"u8.ToArray(),
        "0" => [0],
        "\\" => "\\"u8.ToArray(),
        "\"" => "\""u8.ToArray(),
        _ when escape.Groups["byte"].Success => [byte.Parse(escape.Groups["byte"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)],
        _ => Rune.TryCreate(int.Parse(escape.Groups["rune"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), out Rune rune)
            ? Encoding.UTF8.GetBytes(rune.ToString())
            : [],
    };

    [GeneratedRegex(@"\G\\(?:(?<name>[nrt0\\""])|x(?<byte>[0-9A-F]{2})|u\{(?<rune>[0-9A-F]{1,6})\})(?:×(?<count>[0-9]{1,3}))?")]
    private static partial Regex Escape();
}
