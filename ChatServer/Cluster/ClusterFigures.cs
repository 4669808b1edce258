namespace ThreadedChat.ChatServer.Cluster;

/// <summary>The figures of this server's part in the cluster, for the log and the metrics. Any thread may call.</summary>
internal sealed class ClusterFigures
{
    private long _position;
    private long _resent;
    private long _void;
    private long _delay;
    private long _bytes;
    private long _lost;
    private int _servers;
    private volatile bool _isReachable;

    /// <summary>Of the last entry applied.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Entries that this server has added again.</summary>
    public long EntriesResent => Volatile.Read(ref _resent);

    /// <summary>Entries that were void.</summary>
    public long EntriesVoid => Volatile.Read(ref _void);

    /// <summary>Bytes of entries read.</summary>
    public long BytesRead => Volatile.Read(ref _bytes);

    /// <summary>Memberships that were lost.</summary>
    public long MembershipsLost => Volatile.Read(ref _lost);

    /// <summary>Milliseconds from submitting the last beat to applying it.</summary>
    public long Delay => Volatile.Read(ref _delay);

    /// <summary>The servers that are alive, this one included.</summary>
    public int Servers => Volatile.Read(ref _servers);

    /// <summary>True while the log advances.</summary>
    public bool IsReachable
    {
        get => _isReachable;
        set => _isReachable = value;
    }

    public void Applied(long position, int bytes, bool isVoid)
    {
        Volatile.Write(ref _position, position);
        Interlocked.Add(ref _bytes, bytes);
        Interlocked.Add(ref _void, isVoid ? 1 : 0);
    }

    public void Lost() => Interlocked.Increment(ref _lost);

    public void Resent(int count) => Interlocked.Add(ref _resent, count);

    public void Beat(long delay, int servers)
    {
        Volatile.Write(ref _delay, delay);
        Volatile.Write(ref _servers, servers);
    }
}
