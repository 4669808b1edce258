using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>A channel over all servers. Owned by the replica.</summary>
/// <param name="name">As its creator typed it.</param>
/// <param name="founder">The share in which it is counted; null if it is never removed.</param>
internal sealed class ReplicaChannel(string name, Founder? founder)
{
    public string Name => name;

    public Founder? Founder => founder;

    /// <summary>In the order in which they came.</summary>
    public List<ReplicaMember> Members { get; } = [];

    /// <summary>True if it has more than one member. For any thread: about the present.</summary>
    public bool HasOthers => Members.Count > 1;

    /// <summary>The position at which its last member left; only valid while it has no members.</summary>
    public long EmptySince { get; set; }

    /// <summary>Its members on this server. Not part of the state.</summary>
    public Channel? Local { get; set; }

    /// <summary>The messages of clients of this server that were submitted to it and are not applied yet. Not part of the state.</summary>
    public SubmittedBytes Submitted { get; } = new();
}
