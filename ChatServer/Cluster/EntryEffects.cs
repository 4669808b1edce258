namespace ThreadedChat.ChatServer.Cluster;

/// <summary>What came of one entry, as far as this server must do something about it without the lock of the replica.</summary>
/// <param name="Applied">What the replica says.</param>
/// <param name="Results">By command, where the entry is one of this server.</param>
/// <param name="Silent">Servers that have been silent for too long.</param>
/// <param name="News">Servers that have come or have left.</param>
/// <param name="Decisions">What moderators have decided for this server.</param>
/// <param name="Lists">The bans and mutes of the chat; null where its first server has not brought them yet.</param>
/// <param name="IsOwn">True where this server has made the entry.</param>
/// <param name="IsMember">True where this server is part of the chat.</param>
/// <param name="IsOldest">True where no server of the chat is older.</param>
/// <param name="IsLive">True where this server is, or was, part of the chat.</param>
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
