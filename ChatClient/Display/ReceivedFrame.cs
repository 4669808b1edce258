using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Display;

/// <summary>How a frame from the server is shown (docs/protocol.md, section 5). Pure: bytes in, bytes out.</summary>
internal static class ReceivedFrame
{
    private static readonly byte[] Prompt = Encoding.UTF8.GetBytes(ProtocolText.MessagePrefix);
    private static readonly byte[] Wipe = Encoding.UTF8.GetBytes(ProtocolText.WipeMe);

    /// <summary>The most bytes <see cref="Format"/> writes.</summary>
    public static readonly int MaxLength = Wipe.Length + "\r"u8.Length + Frame.Size + "\n"u8.Length + Prompt.Length;

    /// <summary>
    /// Writes the line that <paramref name="frame"/> becomes, between a wiped prompt and a new one, into
    /// <paramref name="destination"/>. A frame that shows nothing becomes nothing.
    /// </summary>
    /// <param name="frame">A whole frame, of any bytes at all.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The number of bytes written: valid UTF-8, with no control but ours and line breaks.</returns>
    public static int Format(ReadOnlySpan<byte> frame, Span<byte> destination)
    {
        Wipe.CopyTo(destination);
        destination[Wipe.Length] = (byte)'\r';
        int start = Wipe.Length + 1;

        int length = Clean(frame, destination[start..]);
        if (length == 0)
        {
            return 0;
        }

        int end = start + length;
        destination[end] = (byte)'\n';
        Prompt.CopyTo(destination[(end + 1)..]);
        return end + 1 + Prompt.Length;
    }

    /// <summary>
    /// The text of <paramref name="frame"/> as it may be shown: one line or, if it answers <c>/list</c>, several with
    /// <c>\n</c> between them. Empty for a frame that shows nothing.
    /// </summary>
    public static string Text(ReadOnlySpan<byte> frame)
    {
        Span<byte> cleaned = stackalloc byte[Frame.Size];
        return Encoding.UTF8.GetString(cleaned[..Clean(frame, cleaned)]);
    }

    private static int Clean(ReadOnlySpan<byte> frame, Span<byte> destination)
    {
        int length = TextCleaner.Clean(WithoutWipe(Frame.Text(frame)), destination, keepLineBreaks: true);
        return Frame.Text(destination[..length]).IsEmpty ? 0 : length;
    }

    /// <summary>Some public servers wipe the prompt themselves, with or without the second <c>\r</c>.</summary>
    private static ReadOnlySpan<byte> WithoutWipe(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith(Wipe))
        {
            return text;
        }

        text = text[Wipe.Length..];
        return text.StartsWith("\r"u8) ? text[1..] : text;
    }
}
