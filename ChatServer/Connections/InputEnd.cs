namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// What of the input of one connection is served when the server stops, and whether the stream to the peer may end after that: an end tells
/// the peer that all that it has sent was served.
/// </summary>
/// <remarks>
/// The reader alone knows what it has received and not served. So the stream ends only after the reader has served all or noted what it
/// dropped (<see cref="IsServed"/>); what arrives later is with the transport, where the writer sees it. On other systems than Linux the stream ends in
/// any case: it is not known there when a reset would cost the peer its final frames.
/// </remarks>
/// <param name="transport">The connection.</param>
/// <param name="activity">What its reader has received.</param>
internal sealed class InputEnd(ITransport transport, ReaderActivity activity)
{
    private volatile bool _hasBegun;

    /// <summary>The last byte that is served; null while it is not known. The reader's own.</summary>
    private long? _lastByte;

    private volatile bool _isServed;
    private volatile bool _hasDropped;
    private volatile bool _isWaitingForOthers;

    /// <summary>True once it is decided that the stream ends. The writer writes, any thread reads.</summary>
    private volatile bool _mayEndStream;

    /// <summary>True once the server stops.</summary>
    public bool HasBegun => _hasBegun;

    /// <summary>True once the reader serves no more input: from now on it notes nothing more. The reader writes, any thread reads.</summary>
    public bool IsServed
    {
        get => _isServed;
        set => _isServed = value;
    }

    /// <summary>True once the reader has served all and waits for the other readers: it leaves when they have. The reader's own; any thread reads.</summary>
    public bool IsWaitingForOthers
    {
        get => _isWaitingForOthers;
        set => _isWaitingForOthers = value;
    }

    /// <summary>
    /// True if the peer must not see an end of the stream: the server stops, and bytes of the peer have arrived that were not served, or the reader
    /// still has some.
    /// </summary>
    public bool MustReset => _hasBegun && !_mayEndStream && OperatingSystem.IsLinux() && (!_isServed || _hasDropped || transport.HasInput);

    /// <summary>True while the reader waits for input and none has arrived. It may have received some in this moment.</summary>
    public bool IsAwaited => !activity.IsWorking && !transport.HasInput;

    /// <summary>The server stops: the reader serves what has arrived, and no more. Called once.</summary>
    public void Begin()
    {
        _hasBegun = true;
        transport.EndReceiving();
    }

    /// <summary>
    /// The reader asks before each receive, and at the end of the stream: true if the server stops and what had arrived then is received, or
    /// something was dropped: then the rest stays where it is.
    /// </summary>
    /// <param name="isEnd">True if there is nothing more to receive.</param>
    public bool IsReceived(bool isEnd = false)
    {
        if (!_hasBegun)
        {
            return false;
        }

        // What comes between the stop and now is served too.
        _lastByte ??= activity.Bytes + transport.ArrivedBytes;
        return isEnd || _hasDropped || activity.Bytes >= _lastByte;
    }

    /// <summary>The reader, before <see cref="IsServed"/>: it has bytes of the peer, and they are not served, or perhaps not for all.</summary>
    public void NoteDropped() => _hasDropped = OperatingSystem.IsLinux();

    /// <summary>
    /// The writer has sent all: whether the stream may end now. What the peer sends after the end resets the connection, and that must not cost it the
    /// final frames: so it must have acknowledged all before.
    /// </summary>
    public StreamEnd MayEndStream()
    {
        if (_hasBegun && !_mayEndStream && OperatingSystem.IsLinux())
        {
            // First: what the reader has received is not with the transport any more.
            if (!_isServed || transport.UnsentBytes > 0)
            {
                return StreamEnd.Later;
            }

            if (_hasDropped || transport.HasInput)
            {
                return StreamEnd.Reset;
            }
        }

        _mayEndStream = true;
        return StreamEnd.Now;
    }
}
