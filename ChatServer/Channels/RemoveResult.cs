namespace ThreadedChat.ChatServer.Channels;

/// <summary>The result of a request to remove a channel.</summary>
internal enum RemoveResult
{
    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>There is no such channel.</summary>
    Unknown,

    /// <summary>It is one that exists from the start and stays.</summary>
    Fixed,

    /// <summary>It belongs to a chat that several servers form, which cannot be reached.</summary>
    Unreachable,
}
