namespace ThreadedChat.ChatServer.Cluster;

/// <summary>A server that is alive according to the log.</summary>
/// <param name="incarnation">Its incarnation.</param>
/// <param name="since">The position of its first entry.</param>
internal sealed class ReplicaServer(long incarnation, long since)
{
    public long Incarnation => incarnation;

    public long Since => since;

    /// <summary>True if the chat had no bans and mutes when this server came: then it brings its own. Not part of the state.</summary>
    public bool BringsLists { get; init; }

    /// <summary>The number of its next entry. Any other entry of it is void.</summary>
    public long Next { get; set; }

    /// <summary>Its clients, by their numbers.</summary>
    public SortedDictionary<int, ReplicaMember> Members { get; } = [];
}
