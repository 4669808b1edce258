using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// Applies the log, entry by entry, to the state. A pure function of the log: no thread, no clock, no network. Everything is
/// decided here, when an entry is applied, and not by the server that sent it: which client creates a channel, which has a name,
/// whether a limit is reached. So every server decides the same.
/// </summary>
/// <remarks>
/// A server numbers its entries, and only the next number is applied; any other entry is void. So a server may add an
/// entry again if it does not know whether the log has it: nothing is applied twice, and nothing after a gap.
/// </remarks>
internal sealed class Replica
{
    private readonly IReplicaListener _listener;
    private readonly ReplicaModeration _moderation;
    private readonly ReplicaServers _servers;
    private readonly LogHash _hash = new();
    private readonly List<LogResult> _results = [];
    private bool _hasDiverged;

    public Replica(IReplicaListener listener)
    {
        _listener = listener;
        _moderation = new ReplicaModeration(listener, TakeOut);
        _servers = new ReplicaServers(listener, TakeOut);
    }

    /// <summary>Of the last entry.</summary>
    public long Position { get; private set; }

    /// <summary>The hash of all that was applied.</summary>
    public long Hash => _hash.Value;

    public ReplicaState State { get; private set; } = new();

    /// <summary>Takes over a state that was saved, in place of an empty one.</summary>
    public void Load(ReplicaState state, long position, long hash)
    {
        State = state;
        Position = position;
        _hash.Reset(hash);
        foreach (ReplicaChannel channel in state.Channels)
        {
            _listener.Created(channel);
        }
    }

    /// <summary>Goes on behind entries that the log does not have any more. Only before the first entry is applied.</summary>
    public void SkipTo(long position) => Position = Math.Max(Position, position);

    /// <summary>Applies the next entry.</summary>
    public Applied Apply(long position, ReadOnlyMemory<byte> payload)
    {
        _results.Clear();
        _hasDiverged = false;
        ServerEntry? entry = EntryCodec.TryDecode(payload);
        bool isVoid = entry is null || !_servers.TryBegin(State, entry, position);
        if (!isVoid)
        {
            foreach (LogCommand command in entry!.Commands)
            {
                // An entry may end the life of its own server.
                ReplicaServer? server = State.Server(entry.Incarnation);
                _results.Add(server is null ? new LogResult(CommandOutcome.Void) : Apply(server, command, position));
            }
        }

        Position = position;
        _hash.Add(position, payload.Span, _results.Aggregate(isVoid ? 1 : 0, (sum, result) => (sum * 31) + (int)result.Outcome));
        return new Applied(entry, isVoid, _results, _hasDiverged);
    }

    private static LogResult Done(long bytes = 0) => new(CommandOutcome.Done, bytes);

    private LogResult Apply(ReplicaServer server, LogCommand command, long position)
    {
        switch (command.Kind)
        {
            case CommandKind.Hello: // the first one was applied before
            case CommandKind.Nothing:
                return Done();
            case CommandKind.Beat:
                _hasDiverged |= State.Oldest == server && !_hash.MayBe(command.Number, command.Hash);
                return Done();
            case CommandKind.Bye:
                _servers.End(State, server, position, inOrder: true);
                return Done();
            case CommandKind.Gone:
                return _servers.EndSilent(State, command.Number, position);
            case CommandKind.RemoveEmpty:
                return RemoveEmpty(command);
            case CommandKind.Arrive:
                return Arrive(server, command, position);
            case CommandKind.ListsBrought:
                State.HasLists = true;
                return Done();
            case CommandKind.Kick or CommandKind.Ban or CommandKind.Unban or CommandKind.Mute or CommandKind.Unmute
                or CommandKind.Announce or CommandKind.Remove:
                return _moderation.Apply(State, command, position);
            default:
                return server.Members.TryGetValue(command.Client, out ReplicaMember? member)
                    ? Apply(member, command, position)
                    : new LogResult(CommandOutcome.Void);
        }
    }

    private LogResult Apply(ReplicaMember member, LogCommand command, long position) => command.Kind switch
    {
        CommandKind.Create => Create(member, command.Place, position),
        CommandKind.Join => Join(member, command.Place, position),
        CommandKind.Say => Say(member, command.Frames),
        CommandKind.Write => Write(member, command),
        CommandKind.Leave => Done(Leave(member, position)),
        CommandKind.Depart => Done(TakeOut(member, position)),
        CommandKind.Rank => Rank(member, command.Peer.IsModerator),
        _ => new LogResult(CommandOutcome.Void),
    };

    private LogResult Arrive(ReplicaServer server, LogCommand command, long position)
    {
        if (server.Members.ContainsKey(command.Client))
        {
            return new LogResult(CommandOutcome.Void);
        }

        var founder = new Founder(command.Place.Length == 0 ? null : command.Place);
        var member = new ReplicaMember(server.Incarnation, command.Client, command.Text, founder, command.Peer);
        if (command.Peer.IsAuthenticated)
        {
            // The client that has the name now leaves its channel before the new one arrives.
            _moderation.TakeOver(State, member.Key, position);
        }

        if (!State.TryAdd(member))
        {
            return new LogResult(CommandOutcome.Exists);
        }

        _listener.Arrived(member);
        return Done();
    }

    private LogResult Create(ReplicaMember member, string name, long position)
    {
        if (State.Channel(name) is not null)
        {
            return new LogResult(CommandOutcome.Exists);
        }

        if (State.Settings is not { MayCreate: true } || !State.Shares.Allows(member.Founder, State.Channels.Count))
        {
            return new LogResult(CommandOutcome.Full);
        }

        var channel = new ReplicaChannel(name, member.Founder);
        State.Add(channel);
        _listener.Created(channel);
        return Move(member, channel, position);
    }

    private LogResult Join(ReplicaMember member, string name, long position) =>
        State.Channel(name) is ReplicaChannel channel ? Move(member, channel, position) : new LogResult(CommandOutcome.Absent);

    private LogResult Move(ReplicaMember member, ReplicaChannel channel, long position)
    {
        long bytes = Leave(member, position);
        member.Channel = channel;
        channel.Members.Add(member);
        return Done(bytes + _listener.Entered(member, channel));
    }

    private LogResult Say(ReplicaMember member, ReadOnlyMemory<byte> frames) =>
        member.Channel is ReplicaChannel channel && EntryFrames.AreOf(member.Name, "[", "] ", frames.Span)
            ? Done(_listener.Said(member, channel, frames))
            : new LogResult(CommandOutcome.Void);

    private LogResult Write(ReplicaMember member, LogCommand command) =>
        !EntryFrames.AreOf(member.Name, "[[", "]] ", command.Frames.Span) ? new LogResult(CommandOutcome.Void)
        : State.Names.Named(command.Text) is ReplicaMember receiver ? Done(_listener.Written(member, receiver, command.Frames))
        : new LogResult(CommandOutcome.Absent);

    private long Leave(ReplicaMember member, long position)
    {
        if (member.Channel is not ReplicaChannel channel)
        {
            return 0;
        }

        member.Channel = null;
        channel.Members.Remove(member);
        channel.EmptySince = position;
        return _listener.Left(member, channel);
    }

    private static LogResult Rank(ReplicaMember member, bool isModerator)
    {
        member.IsModerator = isModerator;
        return Done();
    }

    /// <summary>Takes a member out, also out of its channel.</summary>
    private long TakeOut(ReplicaMember member, long position)
    {
        long bytes = Leave(member, position);
        State.Remove(member);
        _listener.Departed(member);
        return bytes;
    }

    private LogResult RemoveEmpty(LogCommand command)
    {
        if (State.Channel(command.Place) is not { Founder: not null, Members.Count: 0 } channel || channel.EmptySince != command.Number)
        {
            return new LogResult(CommandOutcome.Void);
        }

        State.Remove(channel);
        _listener.Removed(channel);
        return Done();
    }
}
