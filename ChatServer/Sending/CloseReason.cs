namespace ThreadedChat.ChatServer.Sending;

/// <summary>Why a connection ended. The first reason given is the one that is kept.</summary>
internal enum CloseReason
{
    /// <summary>Not closing.</summary>
    None,

    /// <summary>The peer ended its stream on a frame boundary: a goodbye.</summary>
    PeerClosed,

    /// <summary>The peer ended its stream inside a frame.</summary>
    TornFrame,

    /// <summary>The connection broke: reset, or given up by TCP.</summary>
    ConnectionLost,

    /// <summary>The name could not be had; the peer was told.</summary>
    NameRefused,

    /// <summary>No name came in time.</summary>
    NameTimeout,

    /// <summary>A frame was begun and not finished in time.</summary>
    FrameTimeout,

    /// <summary>The peer did not read what was sent to it.</summary>
    SlowConsumer,

    /// <summary>So much waited for the peer, and for others, that the memory for it was used up.</summary>
    MemoryUsedUp,

    /// <summary>Over the connection limit; the peer was told.</summary>
    ServerFull,

    /// <summary>Over a limit of its address; the peer was told.</summary>
    AddressLimit,

    /// <summary>The server stops.</summary>
    ServerStopping,

    /// <summary>An error of ours while serving it; logged.</summary>
    Fault,
}
