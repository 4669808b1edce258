namespace ThreadedChat.ChatServer.Sending;

/// <summary>What is left to do for a queue after the writer's turn with it.</summary>
internal enum DrainResult
{
    /// <summary>Nothing, until somebody appends.</summary>
    Idle,

    /// <summary>More to send.</summary>
    More,

    /// <summary>More to send, but the peer takes nothing at the moment.</summary>
    Blocked,
}
