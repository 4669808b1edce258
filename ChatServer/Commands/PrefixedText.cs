using System.Buffers;
using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>A text with something in front of it, in one frame or, if it is longer, in several, each with the same in front.</summary>
internal static class PrefixedText
{
    /// <summary>Adds the frames of a text to <paramref name="frames"/>. It is cut as messages are, and nothing of it is lost.</summary>
    /// <param name="prefix">At most half a frame in UTF-8.</param>
    /// <param name="text">Clean, and not empty.</param>
    /// <param name="frames">Where the frames go.</param>
    public static void Encode(string prefix, string text, IBufferWriter<byte> frames)
    {
        byte[] prefixBytes = Encoding.UTF8.GetBytes(prefix);
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        while (!rest.IsEmpty)
        {
            int piece = FrameSplitter.NextPiece(rest, Frame.Size - prefixBytes.Length);
            Span<byte> frame = frames.GetSpan(Frame.Size)[..Frame.Size];
            prefixBytes.CopyTo(frame);
            rest[..piece].CopyTo(frame[prefixBytes.Length..]);
            frame[(prefixBytes.Length + piece)..].Fill(Frame.Padding);
            frames.Advance(Frame.Size);
            rest = rest[piece..];
        }
    }

    /// <summary>The frames of one text, in an array of exactly that size.</summary>
    public static byte[] Encode(string prefix, string text)
    {
        var frames = new ArrayBufferWriter<byte>(2 * Frame.Size);
        Encode(prefix, text, frames);
        return frames.WrittenSpan.ToArray();
    }
}
