namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// The entries of this server: numbers them, batches what waits into the next one, and keeps each until it was seen in the log.
/// No thread and no lock of its own: see <see cref="Outlet"/>.
/// </summary>
internal sealed class OutboundEntries(long incarnation)
{
    /// <summary>How many entries may be sent and not seen. Commands that come meanwhile wait, and leave in one entry.</summary>
    public const int Window = 8;

    private const int MaxBatchBytes = 64 * 1024;
    private const int MaxBatchCommands = 4_096;

    private readonly Queue<LogRequest> _waiting = new();
    private readonly Queue<(long Number, byte[] Payload, LogRequest[] Requests)> _sent = new();
    private long _next;

    /// <summary>Bytes of commands that are in no entry yet.</summary>
    public long WaitingBytes { get; private set; }

    /// <summary>How many entries are sent and not seen.</summary>
    public int SentCount => _sent.Count;

    /// <summary>Puts a command behind the others.</summary>
    public void Add(LogRequest request)
    {
        _waiting.Enqueue(request);
        WaitingBytes += request.Command.MaxSize;
    }

    /// <summary>The next entry, which counts as sent from now on; null if nothing waits, or if too many are sent and not seen.</summary>
    public byte[]? TakeNext()
    {
        if (_waiting.Count == 0 || _sent.Count >= Window)
        {
            return null;
        }

        var requests = new List<LogRequest>();
        int bytes = 0;
        while (_waiting.TryPeek(out LogRequest? request)
            && requests.Count < MaxBatchCommands
            && (requests.Count == 0 || bytes + request.Command.MaxSize <= MaxBatchBytes))
        {
            bytes += request.Command.MaxSize;
            requests.Add(_waiting.Dequeue());
        }

        WaitingBytes -= bytes;
        byte[] payload = EntryCodec.Encode(new ServerEntry(incarnation, _next, [.. requests.Select(request => request.Command)]));
        _sent.Enqueue((_next++, payload, [.. requests]));
        return payload;
    }

    /// <summary>All that were sent and not seen, oldest first.</summary>
    public byte[][] Unseen() => [.. _sent.Select(entry => entry.Payload)];

    /// <summary>
    /// An entry of this server was applied: completes its requests. Null if it is not the one that was sent with this number:
    /// then another program writes entries with the incarnation of this server.
    /// </summary>
    public LogRequest[]? Seen(long number, ReadOnlySpan<byte> payload)
    {
        if (!_sent.TryPeek(out var first) || first.Number != number || !payload.SequenceEqual(first.Payload))
        {
            return null;
        }

        _sent.Dequeue();
        return first.Requests;
    }

    /// <summary>Takes out all requests.</summary>
    public LogRequest[] Clear()
    {
        LogRequest[] all = [.. _sent.SelectMany(entry => entry.Requests), .. _waiting];
        _sent.Clear();
        _waiting.Clear();
        WaitingBytes = 0;
        return all;
    }
}
