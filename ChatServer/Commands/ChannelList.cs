using System.Buffers;
using System.Text;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>
/// The answer to <c>/list</c>, encoded: the same for everybody, and made anew only after a channel was added. With thousands of
/// channels it is megabytes, and whoever likes can ask for it a thousand times a second.
/// </summary>
internal sealed class ChannelList(ChannelTable channels)
{
    /// <summary>
    /// Guards the making of <see cref="_answer"/>, so that however many ask at once one of them makes it. Taken under no
    /// other lock; under it only the table's, for a moment.
    /// </summary>
    private readonly Lock _gate = new();

    private volatile Answer _answer = new(0, ReadOnlyMemory<byte>.Empty);

    /// <summary>All channels there are when it is called, at least. Shared, and never changed; empty where there are none.</summary>
    public ReadOnlyMemory<byte> Frames
    {
        get
        {
            // A channel, once added, stays: as long as there are no more of them the answer is right.
            Answer answer = _answer;
            if (answer.Channels == channels.Count)
            {
                return answer.Frames;
            }

            lock (_gate)
            {
                if (_answer.Channels != channels.Count)
                {
                    string[] names = channels.Names();
                    _answer = new Answer(names.Length, Encode(names));
                }

                return _answer.Frames;
            }
        }
    }

    /// <summary>
    /// <paramref name="names"/> in their order, separated by <c>\n</c>, in as few frames as hold them, no name over two.
    /// Empty for no names.
    /// </summary>
    /// <param name="names">Channel names, each at most <see cref="Frame.Size"/> bytes of UTF-8.</param>
    internal static ReadOnlyMemory<byte> Encode(IEnumerable<string> names)
    {
        var frames = new ArrayBufferWriter<byte>();
        int room = 0; // in the last frame
        foreach (string name in names)
        {
            int bytes = Encoding.UTF8.GetByteCount(name);
            if (bytes + 1 <= room)
            {
                frames.Write("\n"u8);
                room--;
            }
            else
            {
                Pad(frames, room);
                room = Frame.Size;
            }

            Encoding.UTF8.GetBytes(name, frames);
            room -= bytes;
        }

        Pad(frames, room);
        return frames.WrittenMemory;
    }

    private static void Pad(ArrayBufferWriter<byte> frames, int room)
    {
        if (room > 0)
        {
            frames.GetSpan(room)[..room].Fill(Frame.Padding);
            frames.Advance(room);
        }
    }

    /// <summary>The answer for the first so many channels that were added.</summary>
    private sealed record Answer(int Channels, ReadOnlyMemory<byte> Frames);
}
