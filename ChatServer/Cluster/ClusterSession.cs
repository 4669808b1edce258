using System.Net;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// One membership of this server in the cluster: from its first entry in the log to its end, or until it is lost. After that the
/// server is a new member, with a session of its own.
/// </summary>
internal sealed class ClusterSession : IDisposable
{
    private static readonly TimeSpan ByeLimit = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Guards the replica, what the log says about members and channels, and <see cref="_delivery"/>. Under it the gates of channels
    /// and of send queues are taken, and the leaves of this folder. The follower holds it while it applies an entry.
    /// </summary>
    private readonly Lock _gate = new();

    private readonly ClusterTarget _target;
    private readonly ClusterSettings _settings;
    private readonly IEngine _engine;
    private readonly Faults _faults;
    private readonly ILogger _log;
    private readonly Action<string> _lost;
    private readonly Replica _replica;
    private readonly LocalDelivery _delivery;
    private readonly Outlet _outlet;
    private readonly RecordPlace? _stored;
    private readonly SlowMembers _slowMembers;
    private readonly SilenceCount _silence;
    private readonly ClusterFigures _figures;
    private readonly Action _endOfBurst;
    private readonly ILocalModeration _moderation;
    private readonly ManualResetEventSlim _hasCaughtUp = new(initialState: false, spinCount: 0);
    private Follower? _follower;
    private Pulse? _pulse;
    private SnapshotKeeper? _snapshots;
    private StoredEntry _last; // written by the follower, under the gate
    private long _catchUpTo = long.MaxValue;
    private int _clients;
    private volatile string? _lostBecause;
    private volatile bool _isEnding;
    private volatile bool _takesLists;
    private SharedLists? _lists; // those that this server has taken; the follower's

    /// <param name="target">Which chat.</param>
    /// <param name="settings">What must be equal on all servers.</param>
    /// <param name="engine">Not open yet; the session's from now on.</param>
    /// <param name="people">The clients of this server by name; null where nobody is looked for.</param>
    /// <param name="moderation">Does what moderators have decided.</param>
    /// <param name="records">Keep what is said.</param>
    /// <param name="figures">Counts what happens.</param>
    /// <param name="endOfBurst">Called after entries were applied: wakes the writer.</param>
    /// <param name="lost">Called once, with the reason, where the membership has ended against the will of this server.</param>
    /// <param name="faults">Takes what fails.</param>
    /// <param name="log">The log of the server.</param>
    public ClusterSession(
        ClusterTarget target,
        ClusterSettings settings,
        IEngine engine,
        People? people,
        ILocalModeration moderation,
        ChannelRecords records,
        ClusterFigures figures,
        Action endOfBurst,
        Action<string> lost,
        Faults faults,
        ILogger log)
    {
        (_target, _settings, _engine, _endOfBurst, _lost, _faults, _log) = (target, settings, engine, endOfBurst, lost, faults, log);
        (_figures, _moderation) = (figures, moderation);
        _slowMembers = new SlowMembers(Incarnation, engine, faults);
        _stored = records.Place;
        _delivery = new LocalDelivery(Incarnation, people, records, _slowMembers);
        _replica = new Replica(_delivery);
        _outlet = new Outlet(Incarnation, engine, _figures, faults, log);
        _silence = new SilenceCount(target.SilentBeats);
        engine.ConnectionChanged = ConnectionChanged;
        engine.NoticeReceived = NoticeReceived;
    }

    /// <summary>This start of this server.</summary>
    public long Incarnation { get; } = Random.Shared.NextInt64(1, long.MaxValue);

    public SlowElsewhere SlowElsewhere { get; } = new();

    /// <summary>True once it is certain that this server is not part of the chat any more.</summary>
    public bool IsLost => _lostBecause is not null;

    /// <summary>Changes with every channel that is added or removed.</summary>
    public int ChannelsVersion
    {
        get
        {
            lock (_gate)
            {
                return _replica.State.ChannelsVersion;
            }
        }
    }

    /// <summary>Reads the log to its end and becomes a member.</summary>
    /// <param name="limit">How long it may take to reach the engine, and each of the further steps.</param>
    /// <param name="usesSnapshot">False: reads the log from its beginning.</param>
    /// <exception cref="EngineException">The engine cannot be reached, or the other servers have other settings.</exception>
    public void Start(TimeSpan limit, bool usesSnapshot)
    {
        _engine.Open(limit);
        (long first, long last) = _engine.Range();
        ImageMark? mark = usesSnapshot && SnapshotPieces.Load(_engine, first, _stored?.Position ?? long.MaxValue) is { } image
            ? ReplicaImage.TryLoad(image, _replica)
            : null;
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
        _catchUpTo = last;
        if (_replica.Position >= last)
        {
            _hasCaughtUp.Set();
        }

        _slowMembers.Start();
        _follower = new Follower(_engine, mark, _replica.Position, Apply, _endOfBurst, Lose, _faults, _log);
        _follower.Start();
        if (!_hasCaughtUp.Wait(limit) || IsLost)
        {
            throw new EngineException(
                _lostBecause ?? "the log could not be read to its end in time", isOtherLog: _lostBecause is not null && mark is not null);
        }

        SayHello(limit);
        _pulse = new Pulse(_target, _engine, _outlet, _figures, MakeBeat, EmptyChannels, _follower.Restart, Lose, _faults, _log)
        {
            ChannelTtl = _settings.ChannelTtl > 0 ? TimeSpan.FromSeconds(_settings.ChannelTtl) : null,
        };
        _pulse.Start();
        _snapshots = new SnapshotKeeper(_engine, TakeImageIfOldest, _figures, _faults, _log);
        _snapshots.Start();
    }

    /// <summary>Logs that this server is a member.</summary>
    public void Announce()
    {
        long position;
        int servers;
        int channels;
        lock (_gate)
        {
            (position, servers, channels) = (_replica.Position, _replica.State.Servers.Count, _replica.State.Channels.Count);
        }

        _log.ClusterJoined(_target.Name, Incarnation, position, servers, channels);
    }

    /// <summary>Lets a client in; waits for the others only where names must be unique.</summary>
    public ArriveResult Arrive(Participant participant)
    {
        LocalClient client;
        lock (_gate)
        {
            client = new LocalClient(this, ++_clients, participant);
            _delivery.Expect(participant, client);
        }

        participant.Seat = client;
        LogRequest request = Submit(new LogCommand(CommandKind.Arrive)
        {
            Client = client.Number,
            Text = participant.Name,
            Place = participant.Founder.Address ?? "",
            Peer = participant.Peer,
        });
        if (!_settings.UniqueNames && !_settings.StrictNames)
        {
            return IsLost ? ArriveResult.Unreachable : ArriveResult.Arrived;
        }

        CommandOutcome outcome = request.Await().Outcome;
        if (outcome == CommandOutcome.Done)
        {
            return ArriveResult.Arrived;
        }

        lock (_gate)
        {
            _delivery.ExpectNoMore(client);
        }

        return outcome == CommandOutcome.Exists ? ArriveResult.NameInUse : ArriveResult.Unreachable;
    }

    /// <summary>Hands a command over; see <see cref="Outlet.Submit"/>.</summary>
    public LogRequest Submit(LogCommand command, SubmittedBytes? share = null) => _outlet.Submit(command, share);

    public string[] ChannelNames(out int version)
    {
        string[] names;
        lock (_gate)
        {
            names = [.. _replica.State.Channels.Select(channel => channel.Name)];
            version = _replica.State.ChannelsVersion;
        }

        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    public string[]? MemberNames(string channel)
    {
        lock (_gate)
        {
            return _replica.State.Channel(channel)?.Members.Select(member => member.Name).ToArray();
        }
    }

    /// <summary>The clients of all servers whose name has this key.</summary>
    public SharedPerson[] Named(string key)
    {
        lock (_gate)
        {
            return
            [
                .. _replica.State.Servers.SelectMany(server => server.Members.Values).Where(member => member.Key == key)
                    .Select(member => new SharedPerson(
                        member.Name, IPAddress.TryParse(member.Peer.Address, out IPAddress? address) ? address : IPAddress.None, member.IsModerator)),
            ];
        }
    }

    /// <summary>The parts of all channels on this server.</summary>
    public Channel[] LocalChannels()
    {
        lock (_gate)
        {
            return [.. _replica.State.Channels.Select(channel => channel.Local!)];
        }
    }

    /// <summary>The part of a channel on this server, or null where there is no such channel, as far as is known.</summary>
    public Channel? Local(string channel)
    {
        lock (_gate)
        {
            return _replica.State.Channel(channel)?.Local;
        }
    }

    /// <summary>Tells the other servers that this one stops. Its clients have been told before.</summary>
    public void SayBye()
    {
        _isEnding = true;
        if (!IsLost)
        {
            _outlet.SubmitNow(new LogCommand(CommandKind.Bye)).IsDoneWithin(ByeLimit);
        }
    }

    /// <summary>Lets all threads go on that wait for the log. What they wait for will not be known.</summary>
    public void Release()
    {
        _isEnding = true;
        SlowElsewhere.End();
        _outlet.End();
    }

    /// <summary>Ends all threads of the session and the connection to the engine.</summary>
    public void Dispose()
    {
        Release();
        _hasCaughtUp.Set();
        _follower?.End();
        _slowMembers.End();
        _pulse?.Dispose();
        _snapshots?.Dispose();
        _follower?.Dispose();
        _outlet.Join();
        _slowMembers.Join();
        _engine.Dispose();
        _hasCaughtUp.Dispose();
    }

    private void SayHello(TimeSpan limit)
    {
        ClusterSettings? others;
        lock (_gate)
        {
            others = _replica.State.Servers.Count > 0 ? _replica.State.Settings : null;
        }

        ThrowWhereDifferent(others);
        LogRequest hello = _outlet.SubmitNow(new LogCommand(CommandKind.Hello) { Text = _settings.ToString() });
        _outlet.Start();
        if (!hello.IsDoneWithin(limit))
        {
            throw new EngineException("the log does not take an entry");
        }

        if (hello.Await().Outcome != CommandOutcome.Done)
        {
            lock (_gate)
            {
                others = _replica.State.Settings;
            }

            ThrowWhereDifferent(others);
            throw new EngineException(_lostBecause ?? "the log has no place for this server");
        }

        BringLists(limit);
        _figures.IsReachable = true;
    }

    /// <summary>
    /// A chat that is new takes the bans and mutes of its first server, which every other one takes over. No client is let in before.
    /// </summary>
    private void BringLists(TimeSpan limit)
    {
        bool isFirst;
        lock (_gate)
        {
            isFirst = _replica.State.Server(Incarnation)?.IsFirst == true;
        }

        if (isFirst)
        {
            SharedLists own = _moderation.Lists;
            long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            foreach (LogCommand command in own.Bans.Select(ban => new LogCommand(CommandKind.Ban) { Ban = ban }).Where(EntryCodec.CanCarry))
            {
                _outlet.SubmitNow(command);
            }

            foreach (SharedMute mute in own.Mutes)
            {
                _outlet.SubmitNow(new LogCommand(CommandKind.Mute) { Text = mute.Name, Number = now, Until = mute.Until });
            }
        }

        _takesLists = true;
        if (!_outlet.SubmitNow(new LogCommand(CommandKind.Nothing)).IsDoneWithin(limit) || IsLost)
        {
            throw new EngineException(_lostBecause ?? "the log does not take an entry");
        }
    }

    private void ThrowWhereDifferent(ClusterSettings? others)
    {
        if (others is not null && _settings.DifferenceTo(others) is { Length: > 0 } difference)
        {
            throw new EngineException($"the other servers have other settings: {difference}", isFinal: true);
        }
    }

    private void ConnectionChanged(bool isThere)
    {
        if (isThere)
        {
            _outlet.Resend();
        }
        else
        {
            _follower?.Restart();
        }
    }

    private void NoticeReceived(ReadOnlyMemory<byte> bytes)
    {
        if (SlowNotice.TryDecode(bytes) is SlowNotice notice && notice.Server != Incarnation)
        {
            SlowElsewhere.Told(notice.Place, notice.Server, notice.IsSlow);
        }
    }

    private void Lose(string why)
    {
        if (_isEnding || Interlocked.CompareExchange(ref _lostBecause, why, null) is not null)
        {
            return;
        }

        _figures.IsReachable = false;
        _hasCaughtUp.Set();
        _follower?.End();
        _lost(why);
    }

    /// <summary>Called by the follower, for each entry, in order.</summary>
    private void Apply(StoredEntry stored)
    {
        if (IsLost)
        {
            return;
        }

        Applied applied;
        LogResult[] results = [];
        long[] silent = [];
        IReadOnlyList<ServerNews> news;
        IReadOnlyList<Action<ILocalModeration>> decisions;
        SharedLists lists;
        bool isOwn;
        bool isMember;
        bool isOldest;
        lock (_gate)
        {
            _delivery.Begin(stored, _replica.State.Channels);
            applied = _replica.Apply(stored.Position, stored.Payload);
            _last = stored;
            news = _delivery.TakeNews();
            decisions = _delivery.TakeDecisions();
            lists = _replica.State.Lists;
            foreach (ServerNews gone in news.Where(one => !one.HasCome))
            {
                _silence.Forget(gone.Incarnation);
            }

            isOwn = applied.Entry?.Incarnation == Incarnation;
            isMember = _replica.State.Server(Incarnation) is not null;
            isOldest = _replica.State.Oldest?.Incarnation == Incarnation;
            if (isOwn && !applied.IsVoid)
            {
                results = [.. applied.Results];
                silent = CountBeats_NeedsGate(applied.Entry!);
            }
            else if (!applied.IsVoid)
            {
                _silence.Heard(applied.Entry!.Incarnation);
            }

            _delivery.End(isMember, _replica.State.Channels);
        }

        Log(news);
        _figures.Applied(stored.Position, stored.Payload.Length, applied.IsVoid);
        if (applied.HasDiverged && !isOldest)
        {
            Lose("this server has applied something else than the oldest one");
            return;
        }

        // Before anybody gets an answer: it holds from then on.
        Moderate(decisions, lists);
        if (isOwn)
        {
            Complete(applied, stored, results, isMember);
        }

        foreach (long server in silent)
        {
            _log.ServerSilent(server);
            _outlet.SubmitNow(new LogCommand(CommandKind.Gone) { Number = server });
        }

        if (!isMember && _delivery.IsLive && !_isEnding)
        {
            Lose("the other servers have declared this one gone");
        }

        if (stored.Position >= _catchUpTo)
        {
            _hasCaughtUp.Set();
        }
    }

    private void Moderate(IReadOnlyList<Action<ILocalModeration>> decisions, SharedLists lists)
    {
        if (_takesLists && !ReferenceEquals(lists, _lists))
        {
            _lists = lists;
            _faults.Guard("taking over bans and mutes", () => _moderation.Take(lists));
        }

        foreach (Action<ILocalModeration> decision in decisions)
        {
            _faults.Guard("doing what a moderator has decided", () => decision(_moderation));
        }
    }

    private void Log(IReadOnlyList<ServerNews> news)
    {
        foreach (ServerNews one in news)
        {
            if (one.HasCome)
            {
                _log.ServerCame(one.Incarnation);
            }
            else if (one.InOrder)
            {
                _log.ServerStopped(one.Incarnation);
            }
            else
            {
                _log.ServerGone(one.Incarnation);
            }
        }
    }

    private void Complete(Applied applied, StoredEntry stored, LogResult[] results, bool isMember)
    {
        if (applied.IsVoid && (isMember || applied.Entry!.Number != 0))
        {
            return; // a copy, or too late
        }

        LogRequest[]? requests = _outlet.Seen(applied.Entry!.Number, stored.Payload.Span);
        if (requests is null)
        {
            if (!applied.IsVoid)
            {
                Lose("somebody else writes to the log in the name of this server");
            }

            return;
        }

        for (int i = 0; i < requests.Length; i++)
        {
            requests[i].Complete(applied.IsVoid ? new LogResult(CommandOutcome.Void) : results[i]);
        }
    }

    private long[] CountBeats_NeedsGate(ServerEntry entry)
    {
        foreach (LogCommand command in entry.Commands)
        {
            if (command.Kind == CommandKind.Beat)
            {
                return _silence.Beat(_replica.State.Servers.Select(server => server.Incarnation).Where(server => server != Incarnation));
            }
        }

        return [];
    }

    private (LogCommand Beat, int Servers) MakeBeat()
    {
        lock (_gate)
        {
            return (
                new LogCommand(CommandKind.Beat) { Number = _replica.Position, Hash = _replica.Hash },
                _replica.State.Servers.Count);
        }
    }

    private ReadOnlyMemory<byte>? TakeImageIfOldest()
    {
        lock (_gate)
        {
            return _replica.State.Oldest?.Incarnation == Incarnation ? ReplicaImage.Save(_replica, _last) : null;
        }
    }

    /// <summary>The channels without members, with the position since which they are, where this server is the one that removes them.</summary>
    private (string Channel, long Since)[] EmptyChannels()
    {
        if (_settings.ChannelTtl <= 0)
        {
            return [];
        }

        lock (_gate)
        {
            return _replica.State.Oldest?.Incarnation != Incarnation ? [] :
            [
                .. _replica.State.Channels
                    .Where(channel => channel.Founder is not null && channel.Members.Count == 0)
                    .Select(channel => (channel.Name, channel.EmptySince)),
            ];
        }
    }
}
