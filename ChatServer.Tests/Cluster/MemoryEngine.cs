using ThreadedChat.ChatServer.Cluster;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>One server's connection to a <see cref="LogInMemory"/>.</summary>
internal sealed class MemoryEngine : IEngine
{
    private readonly LogInMemory _log;

    public MemoryEngine(LogInMemory log)
    {
        _log = log;
        log.Add(this);
    }

    public bool IsConnected => true;

    public Action<bool>? ConnectionChanged { get; set; }

    public Action<ReadOnlyMemory<byte>>? NoticeReceived { get; set; }

    public void Open(TimeSpan limit)
    {
        // It is open.
    }

    public void Cancel()
    {
        // No call blocks.
    }

    public (long First, long Last) Range() => _log.Range();

    public void Append(ReadOnlyMemory<byte> payload) => _log.Append(payload.ToArray());

    public ILogReader Read(long from) => new Reader(_log, from);

    public void StorePiece(ReadOnlyMemory<byte> piece) => _log.StorePiece(piece.ToArray());

    public StoredEntry? LastPiece() => _log.Piece(null);

    public StoredEntry? Piece(long position) => _log.Piece(position);

    public void Notify(ReadOnlyMemory<byte> notice) => _log.Notify(notice.ToArray());

    public void Dispose() => _log.Remove(this);

    private sealed class Reader(LogInMemory log, long from) : ILogReader
    {
        private readonly int _breaks = log.Breaks;
        private long _next = from;
        private volatile bool _isCancelled;

        public bool TryRead(out StoredEntry entry)
        {
            bool isThere = log.TryRead(_next, _breaks, waits: false, () => _isCancelled, out entry);
            _next = isThere ? entry.Position + 1 : _next;
            return isThere;
        }

        public bool WaitForNext() => log.TryRead(_next, _breaks, waits: true, () => _isCancelled, out _);

        public void Cancel()
        {
            _isCancelled = true;
            log.Wake();
        }

        public void Dispose() => Cancel();
    }
}
