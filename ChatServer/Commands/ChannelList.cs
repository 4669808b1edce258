using System.Text;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>
/// The answer to <c>/list</c>, in chunks. With thousands of channels it is megabytes, and any client can ask for it a
/// thousand times a second. So the names are sorted once for all clients that ask, and each chunk is encoded when there is room for
/// it. A client that leaves or does not read costs no more than a chunk, and between two chunks only a name is kept.
/// </summary>
internal sealed class ChannelList(IChat chat)
{
    /// <summary>Bytes of a chunk, at most: as many as of a batch of messages, so that others get their turn as often.</summary>
    private const int MaxBytes = MessageBatch.MaxBytes;

    /// <summary>
    /// Guards the making of <see cref="_snapshot"/>, so that one thread makes it, however many ask at once. Taken under no
    /// other lock; under it only the table's, for a moment.
    /// </summary>
    private readonly Lock _gate = new();

    private volatile Snapshot _snapshot = new([], Version: -1);

    /// <summary>
    /// The chunk behind <paramref name="last"/>, the last name of the chunk before; null for the first chunk. It becomes the last
    /// name of this one. Empty where there are no more. All chunks together have the channels there were when the first was asked
    /// for, in order; of those created or removed since, some.
    /// </summary>
    public ReadOnlyMemory<byte> Next(ref string? last)
    {
        string[] names = Names();
        int found = last is null ? -1 : Array.BinarySearch(names, last, StringComparer.Ordinal);
        int first = last is not null && found < 0 ? ~found : found + 1; // the last one may have been removed since
        byte[] frames = Encode(names.AsSpan(first), out int encoded);
        last = encoded > 0 ? names[first + encoded - 1] : last;
        return frames;
    }

    /// <summary>
    /// <paramref name="names"/> in their order, separated by <c>\n</c>, in as few frames as hold them, no name over two.
    /// Empty for no names. Those that do not fit in a chunk are left out.
    /// </summary>
    /// <param name="names">Channel names, each at most <see cref="Frame.Size"/> bytes of UTF-8.</param>
    /// <param name="encoded">How many names the frames hold.</param>
    internal static byte[] Encode(ReadOnlySpan<string> names, out int encoded)
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

    /// <summary>All names, in order. Shared, and never changed.</summary>
    private string[] Names()
    {
        Snapshot snapshot = _snapshot;
        if (snapshot.Version == chat.ChannelsVersion)
        {
            return snapshot.Names;
        }

        lock (_gate)
        {
            if (_snapshot.Version != chat.ChannelsVersion)
            {
                string[] names = chat.ChannelNames(out int version);
                _snapshot = new Snapshot(names, version);
            }

            return _snapshot.Names;
        }
    }

    /// <summary>The names as they were at one moment.</summary>
    private sealed record Snapshot(string[] Names, int Version);
}
