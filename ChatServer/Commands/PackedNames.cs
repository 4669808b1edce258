using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>Names in frames, for the answers to <c>/list</c> and <c>/who</c>.</summary>
internal static class PackedNames
{
    /// <summary>Bytes of a chunk, at most: as many as of a batch of messages, so that others get their turn as often.</summary>
    private const int MaxBytes = MessageBatch.MaxBytes;

    /// <summary>
    /// <paramref name="names"/> in their order, separated by <c>\n</c>, in as few frames as hold them, no name over two.
    /// Empty for no names. Those that do not fit in a chunk are left out.
    /// </summary>
    /// <param name="names">Names, each at most <see cref="Frame.Size"/> bytes of UTF-8.</param>
    /// <param name="encoded">How many names the frames hold.</param>
    public static byte[] Encode(ReadOnlySpan<string> names, out int encoded)
    {
        Span<byte> frames = stackalloc byte[MaxBytes];
        frames.Fill(Frame.Padding);
        int end = 0; // of the last frame
        int at = 0;
        for (encoded = 0; encoded < names.Length; encoded++)
        {
            bool fits = at + 1 + Encoding.UTF8.GetByteCount(names[encoded]) <= end;
            if (!fits && end == frames.Length)
            {
                break;
            }

            if (fits)
            {
                frames[at++] = (byte)'\n';
            }
            else
            {
                at = end;
                end += Frame.Size;
            }

            at += Encoding.UTF8.GetBytes(names[encoded], frames[at..]);
        }

        return frames[..end].ToArray();
    }
}
