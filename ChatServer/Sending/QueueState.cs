namespace ThreadedChat.ChatServer.Sending;

/// <summary>How far the life of a send queue has come. It only moves on.</summary>
internal enum QueueState
{
    /// <summary>Takes frames.</summary>
    Open,

    /// <summary>Takes no more; what is queued is still sent, then the stream ends.</summary>
    Completing,

    /// <summary>Everything was sent, and the stream has ended.</summary>
    Completed,

    /// <summary>Cut off: what was queued is dropped.</summary>
    Closed,
}
