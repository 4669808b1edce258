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

    /// <summary>The peer did not begin as it had to: no TLS where that is spoken, a certificate that proves nothing, or no header of a proxy.</summary>
    HandshakeFailed,

    /// <summary>The name was rejected; the peer was told.</summary>
    NameRefused,

    /// <summary>No name came in time.</summary>
    NameTimeout,

    /// <summary>A frame was begun but not finished in time.</summary>
    FrameTimeout,

    /// <summary>The peer did not read.</summary>
    SlowConsumer,

    /// <summary>The memory for what waits to be sent was used up, and much of it waited for this peer, which was behind.</summary>
    MemoryUsedUp,

    /// <summary>Over the connection limit; the peer was told.</summary>
    ServerFull,

    /// <summary>Over a limit of its address; the peer was told.</summary>
    AddressLimit,

    /// <summary>Banned, by its address or its name; the peer was told.</summary>
    Banned,

    /// <summary>A moderator has removed the client; the peer was told.</summary>
    Kicked,

    /// <summary>The owner of the name has logged in on another connection; the peer was told.</summary>
    TakenOver,

    /// <summary>The account was changed, so that the name is no longer the client's; the peer was told.</summary>
    AccountChanged,

    /// <summary>The server stops.</summary>
    ServerStopping,

    /// <summary>The server cannot reach the cluster; the peer was told.</summary>
    ChatUnreachable,

    /// <summary>A fault of the server while serving it; logged.</summary>
    Fault,
}
