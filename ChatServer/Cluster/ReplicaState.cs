using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// What the log has led to: the servers that are alive, their clients, the channels. Equal on all servers at the same position.
/// Not thread-safe: see <see cref="ClusterSession"/>.
/// </summary>
internal sealed class ReplicaState
{
    /// <summary>So many incarnations that have ended are known, so that a late copy of a first entry starts none of them again.</summary>
    private const int KnownEnded = 256;

    private readonly Dictionary<long, ReplicaServer> _servers = [];
    private readonly Dictionary<string, ReplicaChannel> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReplicaMember> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReplicaMember> _byLook = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReplicaMember> _owners = new(StringComparer.Ordinal);
    private readonly Queue<long> _ended = new();

    /// <summary>Those of the servers that are alive, or of the last one that was; null where there was none.</summary>
    public ClusterSettings? Settings { get; private set; }

    public IReadOnlyCollection<ReplicaServer> Servers => _servers.Values;

    public IReadOnlyCollection<ReplicaChannel> Channels => _channels.Values;

    public IReadOnlyCollection<long> Ended => _ended;

    /// <summary>Bans and mutes.</summary>
    public SharedLists Lists { get; set; } = SharedLists.None;

    /// <summary>The limits of channels by connection and address.</summary>
    public ChannelShares Shares { get; private set; } = new(maxChannels: 1);

    /// <summary>Changes with every channel that is added or removed. Not part of the state.</summary>
    public int ChannelsVersion { get; private set; }

    /// <summary>The server that started first of those that are alive.</summary>
    public ReplicaServer? Oldest => _servers.Values.MinBy(server => server.Since);

    public ReplicaServer? Server(long incarnation) => _servers.GetValueOrDefault(incarnation);

    public ReplicaChannel? Channel(string name) => _channels.GetValueOrDefault(Normalization.ToNfc(name));

    /// <summary>The member with this name, as names are compared; null also where names need not be unique.</summary>
    public ReplicaMember? Named(string name) => _byName.GetValueOrDefault(LookAlike.Key(name));

    /// <summary>The member that has proved that this name, as names are compared, is its own.</summary>
    public ReplicaMember? Owner(string key) => _owners.GetValueOrDefault(key);

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

    /// <summary>Adds a channel of which there is none.</summary>
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

    /// <summary>Adds a member. False where its name is in use, and is not proved to be its own; then nothing has changed.</summary>
    public bool TryAdd(ReplicaMember member)
    {
        if (AreNamesUnique && !member.Peer.IsProved && LooksOf(member.Name).Any(_byLook.ContainsKey))
        {
            return false;
        }

        Add(member);
        return true;
    }

    /// <summary>Adds a member that is there already, or has the right to its name: a guest that has the same one is found by it no more.</summary>
    public void Add(ReplicaMember member)
    {
        if (AreNamesUnique)
        {
            Array.ForEach(LooksOf(member.Name), look => Note(_byLook, look, member));
            Note(_byName, member.Key, member);
        }

        if (member.Peer.IsProved)
        {
            _owners[member.Key] = member;
        }

        _servers[member.Server].Members.Add(member.Client, member);
    }

    public void Remove(ReplicaMember member)
    {
        _servers[member.Server].Members.Remove(member.Client);
        if (_owners.GetValueOrDefault(member.Key) == member)
        {
            _owners.Remove(member.Key);
        }

        if (_byName.GetValueOrDefault(member.Key) == member)
        {
            _byName.Remove(member.Key);
        }

        foreach (string look in LooksOf(member.Name).Where(look => _byLook.GetValueOrDefault(look) == member))
        {
            _byLook.Remove(look);
        }
    }

    private bool AreNamesUnique => Settings is { UniqueNames: true } or { StrictNames: true };

    private static void Note(Dictionary<string, ReplicaMember> members, string key, ReplicaMember member)
    {
        if (member.Peer.IsProved || !members.ContainsKey(key))
        {
            members[key] = member;
        }
    }

    private string[] LooksOf(string name) =>
        Settings is { StrictNames: true } ? [.. LookAlike.Skeletons(name).Distinct()] : [LookAlike.Key(name)];
}
