namespace ThreadedChat.ChatServer.Cluster;

/// <summary>Why the chat has taken out a client that is still connected.</summary>
internal enum EndCause
{
    /// <summary>A moderator has removed it.</summary>
    Kicked,

    /// <summary>A moderator has banned it.</summary>
    Banned,

    /// <summary>The owner of its name has come, on whichever server.</summary>
    TakenOver,
}
