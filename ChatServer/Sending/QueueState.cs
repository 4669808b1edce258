namespace ThreadedChat.ChatServer.Sending;

/// <summary>How far the life of a send queue has come. It only moves on.</summary>
internal enum QueueState
{
    /// <summary>Takes frames.</summary>
    Open,

    /// <summary>Takes no more frames; the queued ones are still sent, then the stream ends.</summary>
    Completing,

    /// <summary>Everything was sent, and the stream has ended.</summary>
    Completed,

    /// <summary>Aborted: the queued frames are discarded.</summary>
    Closed,
}
