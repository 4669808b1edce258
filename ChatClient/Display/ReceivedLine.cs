using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Display;

/// <summary>A line from the server, as a person reads it.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Name">Of whom: for all but <see cref="ReceivedKind.Other"/>, else empty.</param>
/// <param name="Text">What was said; for the other kinds the whole line.</param>
internal readonly record struct ReceivedLine(ReceivedKind Kind, string Name, string Text)
{
    private static readonly string HasJoined = ProtocolText.Fill(ProtocolText.ClientJoined, "");
    private static readonly string HasLeft = ProtocolText.Fill(ProtocolText.ClientLeft, "");

    /// <summary>Reads <paramref name="line"/>, one line of text that is cleaned. Any text is something, if only Other.</summary>
    public static ReceivedLine Parse(string line)
    {
        if (line.StartsWith('[') && line.IndexOf("] ", StringComparison.Ordinal) is > 1 and var end)
        {
            return new ReceivedLine(ReceivedKind.Message, line[1..end], line[(end + 2)..]);
        }

        if (line.EndsWith(HasJoined, StringComparison.Ordinal))
        {
            return new ReceivedLine(ReceivedKind.Joined, line[..^HasJoined.Length], line);
        }

        if (line.EndsWith(HasLeft, StringComparison.Ordinal))
        {
            return new ReceivedLine(ReceivedKind.Left, line[..^HasLeft.Length], line);
        }

        return new ReceivedLine(ReceivedKind.Other, "", line);
    }

    /// <summary>
    /// True if <paramref name="line"/>, one of several in an answer, cannot be the name of a channel, which has no blank, or
    /// begins as a message does: shown as it is, it could be taken for a message or a notice.
    /// </summary>
    public static bool IsNoName(string line) => IsDisguised(line) || line.Contains(' ', StringComparison.Ordinal);

    /// <summary>
    /// True if <paramref name="line"/>, which is none, could be taken for a message or a notice: it begins with a bracket, or
    /// has characters that are seen as blanks and are none.
    /// </summary>
    public static bool IsDisguised(string line) => line.TrimStart().StartsWith('[') || line.Any(IsSeenAsBlank);

    private static bool IsSeenAsBlank(char character) =>
        character is '\u2800' or '\u3164' or '\uFFA0' or '\u115F' or '\u1160' || (char.IsWhiteSpace(character) && character != ' ');
}
