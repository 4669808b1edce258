using System.Buffers;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.History;

/// <summary>Frames without their padding: for each one byte with the length of the text, and the text.</summary>
internal static class PackedFrames
{
    /// <summary>Packs whole frames.</summary>
    public static void Pack(ReadOnlySpan<byte> frames, IBufferWriter<byte> output)
    {
        for (; !frames.IsEmpty; frames = frames[Frame.Size..])
        {
            ReadOnlySpan<byte> text = Frame.Text(frames[..Frame.Size]);
            Span<byte> packed = output.GetSpan(1 + Frame.Size);
            packed[0] = (byte)text.Length;
            text.CopyTo(packed[1..]);
            output.Advance(1 + text.Length);
        }
    }

    /// <summary>The frames. Bytes that were not made by <see cref="Pack"/> give some frames, too.</summary>
    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        int count = 0;
        for (ReadOnlySpan<byte> rest = packed; TryNext(ref rest, out _); count++)
        {
            // It counts them.
        }

        byte[] frames = new byte[count * Frame.Size];
        frames.AsSpan().Fill(Frame.Padding);
        for (Span<byte> frame = frames; TryNext(ref packed, out ReadOnlySpan<byte> text); frame = frame[Frame.Size..])
        {
            text.CopyTo(frame);
        }

        return frames;
    }

    private static bool TryNext(ref ReadOnlySpan<byte> packed, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (packed.IsEmpty)
        {
            return false;
        }

        int length = Math.Min((int)packed[0], Math.Min(Frame.Size, packed.Length - 1));
        text = packed.Slice(1, length);
        packed = packed[(1 + length)..];
        return true;
    }
}
