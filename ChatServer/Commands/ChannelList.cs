using System.Text;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>
/// The answer to <c>/list</c>, in parts. With thousands of channels it is megabytes, and whoever likes can ask for it a
/// thousand times a second. So the names are sorted once for all who ask, and each part is encoded when there is room for
/// it: who leaves or does not read costs no more than a part, and between two parts nothing is kept but a name.
/// </summary>
internal sealed class ChannelList(ChannelTable channels)
{
    /// <summary>Frames of a part: as many as of a run of messages, so that others get their turn as often.</summary>
    private const int FramesPerPart = MessageBatch.MaxBytes / Frame.Size;

    /// <summary>
    /// Guards the making of <see cref="_snapshot"/>, so that however many ask at once one of them makes it. Taken under no
    /// other lock; under it only the table's, for a moment.
    /// </summary>
    private readonly Lock _gate = new();

    private volatile Snapshot _snapshot = new([], Version: -1);

    /// <summary>
    /// The part behind <paramref name="last"/>, the last name of the part before; null for the first part. It becomes the last
    /// name of this one. Empty where there are no more. All parts together have the channels there were when the first was asked
    /// for, in order; of those created or removed since, some.
    /// </summary>
    public ReadOnlyMemory<byte> Next(ref string? last)
    {
        string[] names = Names();
        int found = last is null ? -1 : Array.BinarySearch(names, last, StringComparer.Ordinal);
        int first = last is not null && found < 0 ? ~found : found + 1; // the last one may have been removed since
        byte[] frames = Encode(names.AsSpan(first), FramesPerPart, out int encoded);
        last = encoded > 0 ? names[first + encoded - 1] : last;
        return frames;
    }

    /// <summary>
    /// <paramref name="names"/> in their order, separated by <c>\n</c>, in as few frames as hold them, no name over two.
    /// Empty for no names.
    /// </summary>
    /// <param name="names">Channel names, each at most <see cref="Frame.Size"/> bytes of UTF-8.</param>
    /// <param name="maxFrames">Names that need more frames than these are left out.</param>
    /// <param name="encoded">How many names the frames hold.</param>
    internal static byte[] Encode(ReadOnlySpan<string> names, int maxFrames, out int encoded)
    {
        int end = 0; // of the last frame
        int at = 0;
        for (encoded = 0; encoded < names.Length; encoded++)
        {
            int length = Encoding.UTF8.GetByteCount(names[encoded]);
            if (at + 1 + length > end)
            {
                if (end == maxFrames * Frame.Size)
                {
                    break;
                }

                at = end - 1; // no line break in front
                end += Frame.Size;
            }

            at += 1 + length;
        }

        return Encode(names[..encoded], end);
    }

    /// <summary>The same for names that are known to need <paramref name="size"/> bytes.</summary>
    private static byte[] Encode(ReadOnlySpan<string> names, int size)
    {
        var frames = new byte[size];
        frames.AsSpan().Fill(Frame.Padding);
        int end = 0;
        int at = 0;
        foreach (string name in names)
        {
            if (at + 1 + Encoding.UTF8.GetByteCount(name) > end)
            {
                at = end;
                end += Frame.Size;
            }
            else
            {
                frames[at++] = (byte)'\n';
            }

            at += Encoding.UTF8.GetBytes(name, frames.AsSpan(at));
        }

        return frames;
    }

    /// <summary>All names, in order. Shared, and never changed.</summary>
    private string[] Names()
    {
        Snapshot snapshot = _snapshot;
        if (snapshot.Version == channels.Version)
        {
            return snapshot.Names;
        }

        lock (_gate)
        {
            if (_snapshot.Version != channels.Version)
            {
                string[] names = channels.Names(out int version);
                _snapshot = new Snapshot(names, version);
            }

            return _snapshot.Names;
        }
    }

    /// <summary>The names there were at one moment.</summary>
    private sealed record Snapshot(string[] Names, int Version);
}
