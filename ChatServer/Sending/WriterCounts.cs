using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>What the writer has counted. Only the writer writes, in plain fields; any thread reads, and sees about the present.</summary>
internal sealed class WriterCounts
{
    private Padded<Counters> _counters; // written for each send

    /// <summary>Rounds over the queues.</summary>
    public long Rounds => Volatile.Read(ref _counters.Value.Rounds);

    /// <summary>Sends that took something.</summary>
    public long Sends => Volatile.Read(ref _counters.Value.Sends);

    /// <summary>Bytes that were sent.</summary>
    public long Bytes => Volatile.Read(ref _counters.Value.Bytes);

    /// <summary>Appends to queues that the writer has taken over.</summary>
    public long Batches => Volatile.Read(ref _counters.Value.Batches);

    /// <summary>A round begins.</summary>
    public void Round() => _counters.Value.Rounds++;

    /// <summary>A send took so many bytes.</summary>
    public void Sent(int bytes)
    {
        _counters.Value.Sends++;
        _counters.Value.Bytes += bytes;
    }

    /// <summary>The writer has taken over so many appends of one queue.</summary>
    public void TookOver(int batches) => _counters.Value.Batches += batches;

    private struct Counters
    {
        public long Rounds;
        public long Sends;
        public long Bytes;
        public long Batches;
    }
}
