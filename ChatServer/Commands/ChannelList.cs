using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>
/// The answer to <c>/list</c>, in chunks. With thousands of channels it is megabytes, and any client can ask for it a
/// thousand times a second. So the names are sorted once for all clients that ask, and each chunk is encoded when there is space for
/// it. A client that leaves or does not read costs no more than a chunk, and between two chunks only a name is kept.
/// </summary>
internal sealed class ChannelList(IChat chat)
{
    /// <summary>
    /// Guards the making of <see cref="_snapshot"/>, so that one thread makes it, however many ask at once. Taken under no
    /// other lock; under it only the table's, for a moment.
    /// </summary>
    private readonly Lock _gate = new();

    private volatile Snapshot _snapshot = new([], Version: -1);

    /// <summary>
    /// The chunk after <paramref name="last"/>, the last name of the chunk before; null for the first chunk. It becomes the last
    /// name of this one. Empty if there are no more. All chunks together have the channels that existed when the first was asked
    /// for, in order; of those created or removed since, some.
    /// </summary>
    public ReadOnlyMemory<byte> Next(ref string? last)
    {
        string[] names = Names();
        int found = last is null ? -1 : Array.BinarySearch(names, last, StringComparer.Ordinal);
        int first = last is not null && found < 0 ? ~found : found + 1; // the last one may have been removed since
        byte[] frames = PackedNames.Encode(names.AsSpan(first), out int encoded);
        last = encoded > 0 ? names[first + encoded - 1] : last;
        return frames;
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
