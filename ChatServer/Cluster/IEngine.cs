namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// What makes the one order: a log to which several servers add entries, and from which all read them in the same order. All calls
/// that block do so for a bounded time, and throw <see cref="EngineException"/> if the engine cannot be reached or rejects the call.
/// </summary>
internal interface IEngine : IDisposable
{
    /// <summary>True while there is a connection, as far as is known.</summary>
    bool IsConnected { get; }

    /// <summary>Any thread calls it when the connection is lost (false) or there again (true). Must not block.</summary>
    Action<bool>? ConnectionChanged { get; set; }

    /// <summary>Any thread calls it with each notice of another server. Must not block.</summary>
    Action<ReadOnlyMemory<byte>>? NoticeReceived { get; set; }

    /// <summary>Connects, and creates the log if there is none.</summary>
    void Open(TimeSpan limit);

    /// <summary>Ends all calls that block, and those that come; they throw. Any thread may call it, also again.</summary>
    void Cancel();

    /// <summary>The first and the last position of the log; if the log is empty, first is one more than last.</summary>
    (long First, long Last) Range();

    /// <summary>Sends an entry. The caller knows that the log has it only when it reads it there.</summary>
    void Append(ReadOnlyMemory<byte> payload);

    /// <summary>Reads the log from a position.</summary>
    ILogReader Read(long from);

    /// <summary>Adds a piece of a snapshot; it is stored when this returns.</summary>
    void StorePiece(ReadOnlyMemory<byte> piece);

    /// <summary>The last piece, or null.</summary>
    StoredEntry? LastPiece();

    /// <summary>The piece at a position, or null.</summary>
    StoredEntry? Piece(long position);

    /// <summary>Tells the other servers something, without any guarantee.</summary>
    void Notify(ReadOnlyMemory<byte> notice);
}
