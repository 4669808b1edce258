namespace ThreadedChat.ChatServer.Sending;

/// <summary>The remaining work for a queue after its turn.</summary>
internal enum TurnResult
{
    /// <summary>Nothing, until a thread appends.</summary>
    Idle,

    /// <summary>There is more to send.</summary>
    More,

    /// <summary>There is more to send, but the peer takes nothing at the moment.</summary>
    Blocked,
}
