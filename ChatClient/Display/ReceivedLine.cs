using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Display;

/// <summary>A line from the server, parsed.</summary>
/// <param name="Kind">Message, notice or answer.</param>
/// <param name="Name">The name of the client that the line is about; empty for <see cref="ReceivedKind.Other"/> and for a gap in the history.</param>
/// <param name="Text">The text of a message, private or not; for the other kinds the whole line.</param>
/// <param name="Whole">The line as the server sent it.</param>
internal readonly record struct ReceivedLine(ReceivedKind Kind, string Name, string Text, string Whole)
{
    private static readonly string HasJoined = ProtocolText.Fill(ProtocolText.ClientJoined, "");
    private static readonly string HasLeft = ProtocolText.Fill(ProtocolText.ClientLeft, "");

    /// <summary>Reads one line of cleaned text. Any text has a kind: at least <see cref="ReceivedKind.Other"/>.</summary>
    public static ReceivedLine Parse(string line)
    {
        if (TryParsePrivate(line, out string sender, out string secret))
        {
            return new ReceivedLine(ReceivedKind.Private, sender, secret, line);
        }

        if (PastLine.TryParse(line, out string author))
        {
            return new ReceivedLine(ReceivedKind.Past, author, line, line);
        }

        if (line.StartsWith('[') && line.IndexOf("] ", StringComparison.Ordinal) is > 1 and var end)
        {
            return new ReceivedLine(ReceivedKind.Message, line[1..end], line[(end + 2)..], line);
        }

        if (line.EndsWith(HasJoined, StringComparison.Ordinal))
        {
            return new ReceivedLine(ReceivedKind.Joined, line[..^HasJoined.Length], line, line);
        }

        if (line.EndsWith(HasLeft, StringComparison.Ordinal))
        {
            return new ReceivedLine(ReceivedKind.Left, line[..^HasLeft.Length], line, line);
        }

        return new ReceivedLine(ReceivedKind.Other, "", line, line);
    }

    /// <summary>
    /// True if <paramref name="line"/>, one of several in an answer, cannot be the name of a channel (a name has no blank), or
    /// begins as a message does. Shown unchanged, it could be mistaken for a message or a notice.
    /// </summary>
    public static bool IsNoName(string line) => IsDisguised(line) || line.Contains(' ', StringComparison.Ordinal);

    /// <summary>
    /// True if <paramref name="line"/>, which is neither a message nor a notice, could be mistaken for one: it begins with a
    /// bracket, or has characters that look like blanks.
    /// </summary>
    public static bool IsDisguised(string line) => line.TrimStart().StartsWith('[') || line.Any(LooksBlank);

    /// <summary>A name has no brackets, so no message of a channel looks like this.</summary>
    private static bool TryParsePrivate(string line, out string name, out string text)
    {
        int end = line.StartsWith("[[", StringComparison.Ordinal) ? line.IndexOf("]] ", StringComparison.Ordinal) : -1;
        bool isPrivate = end > 2 && line.AsSpan(2, end - 2).IndexOfAny('[', ']') < 0;
        (name, text) = isPrivate ? (line[2..end], line[(end + 3)..]) : ("", "");
        return isPrivate;
    }

    private static bool LooksBlank(char character) =>
        character is '\u2800' or '\u3164' or '\uFFA0' or '\u115F' or '\u1160' || (char.IsWhiteSpace(character) && character != ' ');
}
