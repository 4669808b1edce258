using System.Diagnostics;
using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>The replica of this server, with its lock: the follower has it apply the log, and any thread may ask it.</summary>
internal sealed class GuardedReplica
{
    /// <summary>
    /// Guards the replica, what the log says about members and channels, and all fields below. Under it the gates of channels and of send
    /// queues are taken, and the leaves of this folder. The follower holds it while it applies an entry.
    /// </summary>
    private readonly Lock _gate = new();

    private readonly long _incarnation;
    private readonly LocalDelivery _delivery;
    private readonly SilenceCount _silence;
    private readonly Replica _replica;
    private StoredEntry _last;
    private int _clients;

    /// <param name="incarnation">Of this server.</param>
    /// <param name="delivery">Passes on what the log does.</param>
    /// <param name="silence">Counts how long other servers are silent.</param>
    public GuardedReplica(long incarnation, LocalDelivery delivery, SilenceCount silence)
    {
        (_incarnation, _delivery, _silence) = (incarnation, delivery, silence);
        _replica = new Replica(delivery);
    }

    /// <summary>Of the last entry that was applied.</summary>
    public long Position => Ask(replica => replica.Position);

    /// <summary>Changes with every channel that is added or removed.</summary>
    public int ChannelsVersion => Ask(replica => replica.State.ChannelsVersion);

    /// <summary>Those of the servers that are alive, or of the last one that was; null if there was none.</summary>
    public ClusterSettings? Settings => Ask(replica => replica.State.Settings);

    /// <summary>True if this server brings its bans and mutes, since the chat has none yet.</summary>
    public bool BringsLists => Ask(replica => replica.State.Server(_incarnation)?.BringsLists == true);

    /// <summary>Before any entry: takes over a saved state, and goes on behind entries that the log does not have any more.</summary>
    /// <param name="image">The saved state; null if there is none.</param>
    /// <param name="first">The first position of the log.</param>
    /// <param name="last">Its last position.</param>
    /// <returns>The entry up to which the state goes; null if the log does not have it any more.</returns>
    /// <exception cref="EngineException">The state is of another log.</exception>
    public ImageMark? Begin(ReadOnlyMemory<byte>? image, long first, long last)
    {
        lock (_gate)
        {
            ImageMark? mark = image is { } bytes ? ReplicaImage.TryLoad(bytes, _replica) : null;
            if (mark?.Position > last)
            {
                throw new EngineException("the saved state is of another log", isOtherLog: true);
            }

            mark = mark?.Position >= first ? mark : null;
            if (mark is ImageMark saved)
            {
                _delivery.Resume(saved, _replica.State.Channels);
            }

            _replica.SkipTo(first - 1);
            return mark;
        }
    }

    /// <summary>Applies the next entry.</summary>
    public EntryEffects Apply(StoredEntry stored)
    {
        lock (_gate)
        {
            _delivery.Begin(stored, _replica.State.Channels);
            Applied applied = _replica.Apply(stored.Position, stored.Payload);
            _last = stored;
            IReadOnlyList<ServerNews> news = _delivery.TakeNews();
            foreach (ServerNews gone in news.Where(one => !one.HasCome))
            {
                _silence.Forget(gone.Incarnation);
            }

            ReplicaState state = _replica.State;
            bool isOwn = applied.Entry?.Incarnation == _incarnation;
            bool isMember = state.Server(_incarnation) is not null;
            LogResult[] results = [];
            long[] silent = [];
            if (isOwn && !applied.IsVoid)
            {
                results = [.. applied.Results];
                silent = CountBeats_NeedsGate(applied.Entry!);
            }
            else if (!applied.IsVoid)
            {
                _silence.Heard(applied.Entry!.Incarnation);
            }

            _delivery.End(isMember, state.Channels);
            return new EntryEffects(
                applied,
                results,
                silent,
                news,
                _delivery.TakeDecisions(),
                state.HasLists ? state.Lists : null,
                isOwn,
                isMember,
                IsOldest(_replica),
                _delivery.IsLive);
        }
    }

    /// <summary>A client of this server, whose arrival is about to be submitted.</summary>
    public LocalClient BeginArrival(Participant participant, ClusterSession session)
    {
        lock (_gate)
        {
            var client = new LocalClient(session, ++_clients, participant);
            _delivery.BeginArrival(participant, client);
            return client;
        }
    }

    /// <summary>A client that does not arrive after all.</summary>
    public void CancelArrival(LocalClient client)
    {
        lock (_gate)
        {
            _delivery.CancelArrival(client);
        }
    }

    /// <summary>The position, and how many servers and channels there are.</summary>
    public (long Position, int Servers, int Channels) Count() =>
        Ask(replica => (replica.Position, replica.State.Servers.Count, replica.State.Channels.Count));

    /// <summary>In ordinal order.</summary>
    public string[] ChannelNames(out int version)
    {
        (string[] names, version) = Ask(replica => (replica.State.Channels.Select(channel => channel.Name).ToArray(), replica.State.ChannelsVersion));
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <summary>Null if there is no such channel.</summary>
    public string[]? MemberNames(string channel) =>
        Ask(replica => replica.State.Channel(channel)?.Members.Select(member => member.Name).ToArray());

    /// <summary>The clients of all servers whose name has this key.</summary>
    public SharedPerson[] Named(string key) => AskFor(member => member.Key == key);

    /// <summary>The moderators that are clients of any server.</summary>
    public SharedPerson[] Moderators() => AskFor(member => member.IsModerator);

    /// <summary>The parts of all channels on this server.</summary>
    public Channel[] LocalChannels() => Ask(replica => replica.State.Channels.Select(channel => channel.Local!).ToArray());

    /// <summary>The part of a channel on this server; null if there is no such channel, as far as is known.</summary>
    public Channel? Local(string channel) => Ask(replica => replica.State.Channel(channel)?.Local);

    /// <summary>The next beat, and how many servers there are.</summary>
    public (LogCommand Beat, int Servers) MakeBeat() => Ask(replica =>
        (new LogCommand(CommandKind.Beat) { Number = replica.Position, Hash = replica.Hash }, replica.State.Servers.Count));

    /// <summary>The bytes of the state; null if this server is not the one that stores them.</summary>
    public ReadOnlyMemory<byte>? SaveIfOldest() =>
        Ask(replica => IsOldest(replica) ? ReplicaImage.Save(replica, _last) : (ReadOnlyMemory<byte>?)null);

    /// <summary>The channels without members that may be removed, with the position since which they are; none if another server removes them.</summary>
    public (string Channel, long Since)[] EmptyChannels() => Ask(replica => !IsOldest(replica) ? [] :
        replica.State.Channels
            .Where(channel => channel.Founder is not null && channel.Members.Count == 0)
            .Select(channel => (channel.Name, channel.EmptySince))
            .ToArray());

    private bool IsOldest(Replica replica) => replica.State.Oldest?.Incarnation == _incarnation;

    private SharedPerson[] AskFor(Func<ReplicaMember, bool> isMeant) => Ask(replica =>
        replica.State.Servers.SelectMany(server => server.Members.Values).Where(isMeant).Select(SharedPerson.Of).ToArray());

    /// <param name="ask">Reads the state, and nothing else.</param>
    private T Ask<T>(Func<Replica, T> ask)
    {
        lock (_gate)
        {
            return ask(_replica);
        }
    }

    private long[] CountBeats_NeedsGate(ServerEntry entry)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The gate guards the replica.");
        return entry.Commands.Any(command => command.Kind == CommandKind.Beat)
            ? _silence.Beat(_replica.State.Servers.Select(server => server.Incarnation).Where(server => server != _incarnation))
            : [];
    }
}
