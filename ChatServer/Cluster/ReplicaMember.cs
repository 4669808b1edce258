using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>A client of one of the servers, after it has given its name. Owned by the replica.</summary>
/// <param name="server">The incarnation of its server.</param>
/// <param name="client">Its number there.</param>
/// <param name="name">Its name.</param>
/// <param name="founder">The share in which the channels that it creates are counted.</param>
/// <param name="peer">What else is known of it.</param>
internal sealed class ReplicaMember(long server, int client, string name, Founder founder, PeerInfo peer)
{
    public long Server => server;

    public int Client => client;

    public string Name => name;

    /// <summary>The form of the name that is compared.</summary>
    public string Key { get; } = LookAlike.Key(name);

    public Founder Founder => founder;

    public PeerInfo Peer => peer;

    public bool IsModerator { get; set; } = peer.IsModerator;

    /// <summary>The channel it is in; null if it is in none.</summary>
    public ReplicaChannel? Channel { get; set; }

    /// <summary>The client itself, if it is connected to this server. Not part of the state.</summary>
    public Participant? Local { get; set; }
}
