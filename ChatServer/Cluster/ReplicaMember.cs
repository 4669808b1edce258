using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>A client of one of the servers, after it has given its name. Owned by the replica.</summary>
/// <param name="server">The incarnation of its server.</param>
/// <param name="client">Its number there.</param>
/// <param name="name">Its name.</param>
/// <param name="founder">The share in which the channels that it creates are counted.</param>
internal sealed class ReplicaMember(long server, int client, string name, Founder founder)
{
    public long Server => server;

    public int Client => client;

    public string Name => name;

    public Founder Founder => founder;

    /// <summary>The channel it is in; null where it is in none.</summary>
    public ReplicaChannel? Channel { get; set; }

    /// <summary>The client itself, where it is connected to this server. Not part of the state.</summary>
    public Participant? Local { get; set; }
}
