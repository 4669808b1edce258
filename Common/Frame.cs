using System.Text;

namespace ThreadedChat.Common;

/// <summary>
/// The unit of the wire in both directions: exactly <see cref="Size"/> bytes of UTF-8 text, padded with spaces (docs/protocol.md,
/// section 1).
/// </summary>
public static class Frame
{
    /// <summary>Bytes in every frame. No other place has this number.</summary>
    public const int Size = 200;

    /// <summary>The padding byte: a space.</summary>
    public const byte Padding = (byte)' ';

    /// <summary>
    /// Writes <paramref name="utf8"/> (at most <see cref="Size"/> bytes) into the first
    /// <see cref="Size"/> bytes of <paramref name="frame"/> and pads the rest.
    /// </summary>
    /// <exception cref="ArgumentException">The text is longer than a frame, or <paramref name="frame"/> is shorter.</exception>
    public static void Encode(ReadOnlySpan<byte> utf8, Span<byte> frame)
    {
        utf8.CopyTo(frame[..Size]);
        frame[utf8.Length..Size].Fill(Padding);
    }

    /// <summary>
    /// A new frame with <paramref name="text"/>. A text longer than a frame is cut between
    /// characters; half a surrogate pair becomes U+FFFD, so the result is always valid UTF-8.
    /// </summary>
    public static byte[] Encode(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        var frame = new byte[Size];
        Encode(utf8.AsSpan(0, Utf8.CutAtMost(utf8, Size)), frame);
        return frame;
    }

    /// <summary>
    /// The text of a frame: its bytes without trailing whitespace (spaces, <c>\n</c>, <c>\r</c>,
    /// tabs; many clients send the line with its newline). Leading spaces belong to the text. The
    /// bytes come from a peer: they may be invalid UTF-8.
    /// </summary>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> frame) =>
        frame[..(frame.LastIndexOfAnyExcept(" \n\r\t"u8) + 1)];

    /// <summary><see cref="Text"/> as a string; each invalid sequence becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> frame) => Encoding.UTF8.GetString(Text(frame));
}
