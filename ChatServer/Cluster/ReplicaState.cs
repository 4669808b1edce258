using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// The state after an entry of the log: the servers that are alive, their clients, the channels. Equal on all servers at the same position.
/// Not thread-safe: see <see cref="GuardedReplica"/>.
/// </summary>
internal sealed class ReplicaState
{
    /// <summary>How many ended incarnations are remembered, so that a late copy of a first entry does not start one of them again.</summary>
    private const int KnownEnded = 256;

    private readonly Dictionary<long, ReplicaServer> _servers = [];
    private readonly Dictionary<string, ReplicaChannel> _channels = new(StringComparer.Ordinal);
    private readonly Queue<long> _ended = new();

    /// <summary>Those of the servers that are alive, or of the last one that was; null if there was none.</summary>
    public ClusterSettings? Settings { get; private set; }

    public IReadOnlyCollection<ReplicaServer> Servers => _servers.Values;

    public IReadOnlyCollection<ReplicaChannel> Channels => _channels.Values;

    public IReadOnlyCollection<long> Ended => _ended;

    /// <summary>Bans and mutes.</summary>
    public SharedLists Lists { get; set; } = SharedLists.None;

    /// <summary>True once a server has brought all bans and mutes that it had.</summary>
    public bool HasLists { get; set; }

    /// <summary>The members by their names.</summary>
    public MemberNames Names { get; } = new();

    /// <summary>The limits of channels by connection and address.</summary>
    public ChannelShares Shares { get; private set; } = new(maxChannels: 1);

    /// <summary>Changes with every channel that is added or removed. Not part of the state.</summary>
    public int ChannelsVersion { get; private set; }

    /// <summary>The server that started first of those that are alive.</summary>
    public ReplicaServer? Oldest => _servers.Values.MinBy(server => server.Since);

    public ReplicaServer? Server(long incarnation) => _servers.GetValueOrDefault(incarnation);

    public ReplicaChannel? Channel(string name) => _channels.GetValueOrDefault(Normalization.ToNfc(name));

    public bool HasEnded(long incarnation) => _ended.Contains(incarnation);

    public void Set(ClusterSettings settings)
    {
        Settings = settings;
        Shares = new ChannelShares(settings.MaxChannels);
        foreach (Founder founder in _channels.Values.Select(channel => channel.Founder).OfType<Founder>())
        {
            founder.Channels = 0;
        }

        foreach (Founder founder in _channels.Values.Select(channel => channel.Founder).OfType<Founder>())
        {
            Shares.Add(founder);
        }
    }

    public void Add(ReplicaServer server) => _servers.Add(server.Incarnation, server);

    public void Remove(ReplicaServer server)
    {
        _servers.Remove(server.Incarnation);
        AddEnded(server.Incarnation);
    }

    public void AddEnded(long incarnation)
    {
        _ended.Enqueue(incarnation);
        if (_ended.Count > KnownEnded)
        {
            _ended.Dequeue();
        }
    }

    /// <summary>Adds a channel with a new name.</summary>
    public void Add(ReplicaChannel channel)
    {
        _channels.Add(Normalization.ToNfc(channel.Name), channel);
        ChannelsVersion++;
        if (channel.Founder is not null)
        {
            Shares.Add(channel.Founder);
        }
    }

    public void Remove(ReplicaChannel channel)
    {
        _channels.Remove(Normalization.ToNfc(channel.Name));
        ChannelsVersion++;
        if (channel.Founder is not null)
        {
            Shares.Remove(channel.Founder);
        }
    }

    /// <summary>Adds a member. False if its name is in use and the member is not its owner; then nothing has changed.</summary>
    public bool TryAdd(ReplicaMember member)
    {
        if (!Names.Allow(member, Settings))
        {
            return false;
        }

        Add(member);
        return true;
    }

    /// <summary>Adds a member without a check of its name.</summary>
    public void Add(ReplicaMember member)
    {
        Names.Add(member, Settings);
        _servers[member.Server].Members.Add(member.Client, member);
    }

    public void Remove(ReplicaMember member)
    {
        _servers[member.Server].Members.Remove(member.Client);
        Names.Remove(member, Settings);
    }
}
