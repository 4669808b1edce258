namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// What of the input of one connection is served when the server stops, and whether the stream to the peer may end after that: an end tells
/// the peer that all that it has sent was served.
/// </summary>
/// <param name="transport">The connection.</param>
/// <param name="activity">What its reader has received.</param>
internal sealed class InputEnd(ITransport transport, ReaderActivity activity)
{
    private volatile bool _hasBegun;

    /// <summary>The last byte that is served; null while it is not known. The reader's own.</summary>
    private long? _lastByte;

    private volatile bool _hasDropped;
    private volatile bool _isWaitingForOthers;

    /// <summary>The writer's own.</summary>
    private bool _mayEndStream;

    /// <summary>True once the reader serves no more input. Guarded by the gate of <see cref="LastInput"/>, except that the reader sets it before it takes that.</summary>
    public bool IsServed { get; set; }

    /// <summary>True once the reader has served all and waits for the other readers: it leaves when they have. The reader's own; any thread reads.</summary>
    public bool IsWaitingForOthers
    {
        get => _isWaitingForOthers;
        set => _isWaitingForOthers = value;
    }

    /// <summary>True if bytes of the peer have arrived and were not served, so that the connection is to be reset.</summary>
    public bool HasDropped => _hasDropped;

    /// <summary>True while the reader waits for input and none has arrived.</summary>
    public bool IsAwaited => !activity.IsWorking && !transport.HasInput;

    /// <summary>The server stops: the reader serves what has arrived, and no more. Called once.</summary>
    public void Begin()
    {
        _hasBegun = true;
        transport.EndReceiving();
    }

    /// <summary>The reader asks before each receive, and at the end of the stream: true if the server stops and what had arrived then is received.</summary>
    /// <param name="isEnd">True if there is nothing more to receive.</param>
    public bool IsReceived(bool isEnd = false)
    {
        if (!_hasBegun)
        {
            return false;
        }

        // What comes between the stop and now is served too.
        _lastByte ??= activity.Bytes + transport.ArrivedBytes;
        return isEnd || activity.Bytes >= _lastByte;
    }

    /// <summary>
    /// The reader was not through in time. If it has something to serve, that is dropped; one that waits for input has only not run yet. On other
    /// systems than Linux it is not known when a reset would cost the peer its final frames.
    /// </summary>
    public void NoteLate() => _hasDropped = OperatingSystem.IsLinux() && !IsAwaited;

    /// <summary>
    /// The writer has sent all: whether the stream may end now. What the peer sends after the end resets the connection, and that must not cost it the
    /// final frames: so it must have acknowledged all before.
    /// </summary>
    public StreamEnd MayEndStream()
    {
        if (_hasBegun && !_mayEndStream && OperatingSystem.IsLinux())
        {
            if (transport.UnsentBytes > 0)
            {
                return StreamEnd.Later;
            }

            _hasDropped |= transport.HasInput;
            _mayEndStream = !_hasDropped;
            return _hasDropped ? StreamEnd.Reset : StreamEnd.Now;
        }

        return StreamEnd.Now;
    }
}
