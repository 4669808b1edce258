namespace ThreadedChat.ChatServer.Cluster;

/// <summary>The effects of one entry on which this server must act without the lock of the replica.</summary>
/// <param name="Applied">What the replica says.</param>
/// <param name="Results">By command, if the entry is one of this server.</param>
/// <param name="Silent">Servers that have been silent for too long.</param>
/// <param name="News">Servers that have come or have left.</param>
/// <param name="Decisions">What moderators have decided for this server.</param>
/// <param name="Lists">The bans and mutes of the chat; null if its first server has not brought them yet.</param>
/// <param name="IsOwn">True if this server has made the entry.</param>
/// <param name="IsMember">True if this server is part of the chat.</param>
/// <param name="IsOldest">True if no server of the chat is older.</param>
/// <param name="IsLive">True if this server is, or was, part of the chat.</param>
internal readonly record struct EntryEffects(
    Applied Applied,
    LogResult[] Results,
    long[] Silent,
    IReadOnlyList<ServerNews> News,
    IReadOnlyList<Action<ILocalModeration>> Decisions,
    SharedLists? Lists,
    bool IsOwn,
    bool IsMember,
    bool IsOldest,
    bool IsLive);
