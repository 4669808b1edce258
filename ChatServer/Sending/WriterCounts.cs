using System.Runtime.InteropServices;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>What the writer has counted. Only the writer writes, in plain fields; any thread reads, and sees about the present.</summary>
/// <remarks>It is written for each send. With room around the fields no object that readers use lies in the same line of cache.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 160)]
internal sealed class WriterCounts
{
    [FieldOffset(64)]
    private long _rounds;

    [FieldOffset(72)]
    private long _sends;

    [FieldOffset(80)]
    private long _bytes;

    [FieldOffset(88)]
    private long _batches;

    /// <summary>Rounds over the queues.</summary>
    public long Rounds => Volatile.Read(ref _rounds);

    /// <summary>Sends that took something.</summary>
    public long Sends => Volatile.Read(ref _sends);

    /// <summary>Bytes that were sent.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Appends to queues that the writer has taken over.</summary>
    public long Batches => Volatile.Read(ref _batches);

    /// <summary>A round begins.</summary>
    public void Round() => _rounds++;

    /// <summary>A send took so many bytes.</summary>
    public void Sent(int bytes)
    {
        _sends++;
        _bytes += bytes;
    }

    /// <summary>The writer has taken over so many appends of one queue.</summary>
    public void TookOver(int batches) => _batches += batches;
}
