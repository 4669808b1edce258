using System.Text.RegularExpressions;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// The form of a line of the history: a time, and <c>[Name] text</c> or what the server says about a gap. It begins with no bracket, and a name
/// has none: so no message and no notice looks like it.
/// </summary>
internal static partial class PastLine
{
    /// <summary>The characters of the time, with the blank behind it: <c>2026-11-25 12:04 </c>.</summary>
    public const int TimeLength = 17;

    /// <summary>True for a line of the history. <paramref name="author"/> is empty for a gap.</summary>
    public static bool TryParse(string line, out string author)
    {
        // Nearly all lines end here: they are messages.
        Match match = line.Length > TimeLength && char.IsAsciiDigit(line[0]) ? Form().Match(line) : Match.Empty;
        author = match.Groups["name"].Value;
        return match.Success;
    }

    [GeneratedRegex(
        @"\A[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} (\[(?<name>[^\[\]]+)\] .|[0-9]+ messages? (is|are) missing here\z)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
