namespace ThreadedChat.ChatServer.Sending;

/// <summary>Why a connection ended. The first reason given is the one that is kept.</summary>
internal enum CloseReason
{
    /// <summary>Not closing.</summary>
    None,

    /// <summary>The peer ended its stream on a frame boundary: an orderly end.</summary>
    PeerClosed,

    /// <summary>The peer ended its stream inside a frame.</summary>
    TornFrame,

    /// <summary>The connection was reset, or TCP has given it up.</summary>
    ConnectionLost,

    /// <summary>The name was rejected; the peer was told.</summary>
    NameRefused,

    /// <summary>No name came in time.</summary>
    NameTimeout,

    /// <summary>A frame was begun but not finished in time.</summary>
    FrameTimeout,

    /// <summary>The peer did not read.</summary>
    SlowConsumer,

    /// <summary>The memory for what waits to be sent was used up, and much of it waited for this peer.</summary>
    MemoryUsedUp,

    /// <summary>Over the connection limit; the peer was told.</summary>
    ServerFull,

    /// <summary>Over a limit of its address; the peer was told.</summary>
    AddressLimit,

    /// <summary>The server stops.</summary>
    ServerStopping,

    /// <summary>A fault of the server while serving it; logged.</summary>
    Fault,
}
