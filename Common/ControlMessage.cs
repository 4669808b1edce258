using System.Text;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.Common;

/// <summary>
/// A frame that is a control message (docs/protocol.md, section 2), as a sequence of words. The server and the client use
/// this one rule: the server executes the command, and the client remembers it. Pure.
/// </summary>
/// <param name="Word">The first word, with its slash.</param>
/// <param name="Argument">The second word; null if there is none.</param>
/// <param name="Rest">All that stands behind the first word, cleaned, without the blanks in front of it; empty if there is nothing.</param>
public readonly record struct ControlMessage(string Word, string? Argument, string Rest)
{
    /// <summary>The first character of a control message.</summary>
    public const char Mark = '/';

#pragma warning disable CS1591 // docs/protocol.md describes them.
    public const string Create = "/create";
    public const string Join = "/join";
    public const string List = "/list";

    // Those of the extended mode (docs/extended.md).
    public const string Help = "/help";
    public const string History = "/history";
    public const string Leave = "/leave";
    public const string Msg = "/msg";
    public const string Search = "/search";
    public const string Who = "/who";

    // Those of moderators (docs/moderation.md).
    public const string Announce = "/announce";
    public const string Ban = "/ban";
    public const string Bans = "/bans";
    public const string Kick = "/kick";
    public const string Mute = "/mute";
    public const string Remove = "/remove";
    public const string Unban = "/unban";
    public const string Unmute = "/unmute";
#pragma warning restore CS1591

    /// <summary>True if <paramref name="text"/>, the text of a frame, is a control message.</summary>
    public static bool IsControl(ReadOnlySpan<byte> text) => !text.IsEmpty && text[0] == (byte)Mark;

    /// <summary>
    /// Reads <paramref name="text"/>, the text of a frame as <see cref="Frame.Text"/> gives it. False for a normal message
    /// and for a blank frame.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ControlMessage message)
    {
        message = default;
        if (!IsControl(text))
        {
            return false;
        }

        // Cleaned first: then a tab or another control character is a space and separates words. Blanks of every kind separate words,
        // because a channel name with a blank could look like a message in the answer to /list.
        string cleaned = Encoding.UTF8.GetString(TextCleaner.Clean(text));
        List<string> words = Characters.Words(cleaned, most: 2);
        string? argument = words.Count > 1 && words[1].EnumerateRunes().Any(Characters.IsVisible) ? words[1] : null;
        message = new ControlMessage(words[0], argument, Characters.TrimStart(cleaned[words[0].Length..]));
        return true;
    }
}
