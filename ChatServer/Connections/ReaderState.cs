namespace ThreadedChat.ChatServer.Connections;

/// <summary>What the reader thread of a connection does.</summary>
internal enum ReaderState
{
    /// <summary>It waits in receive for the name of the client.</summary>
    Unnamed,

    /// <summary>It waits in receive.</summary>
    Receiving,

    /// <summary>It does what the client asked for.</summary>
    Working,

    /// <summary>It waits for others: for a slow member, for its turn, or for its share.</summary>
    Waiting,

    /// <summary>The connection is ending: what is queued is sent, what comes is discarded.</summary>
    Leaving,
}
