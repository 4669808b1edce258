namespace ThreadedChat.ChatClient.Decode;

/// <summary>The kinds of lines in a trace (docs/trace.md).</summary>
internal enum CallKind
{
    Connected,

    Receive,

    /// <summary>The peer has ended its stream.</summary>
    EndOfReceive,

    Send,

    /// <summary>A send sent nothing: the peer's buffers are full.</summary>
    Blocked,

    /// <summary>This program has ended its stream.</summary>
    EndOfSend,

    /// <summary>A call failed: the connection no longer exists.</summary>
    Lost,

    /// <summary>The server aborts the connection.</summary>
    CutOff,

    /// <summary>The server has freed the connection.</summary>
    Closed,
}
