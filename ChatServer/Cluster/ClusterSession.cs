using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// One membership of this server in the cluster: from its first entry in the log to its end, or until it is lost. After that the
/// server is a new member, with a session of its own. It puts the parts together, starts them and ends them.
/// </summary>
internal sealed class ClusterSession : IDisposable
{
    private static readonly TimeSpan ByeLimit = TimeSpan.FromSeconds(2);

    private readonly ClusterTarget _target;
    private readonly ClusterSettings _settings;
    private readonly IEngine _engine;
    private readonly Faults _faults;
    private readonly ILogger _log;
    private readonly Action<string> _lost;
    private readonly Outlet _outlet;
    private readonly Applier _applier;
    private readonly ClusterJoin _join;
    private readonly SlowMembers _slowMembers;
    private readonly ClusterFigures _figures;
    private readonly Action _endOfBurst;
    private readonly ManualResetEventSlim _hasCaughtUp = new(initialState: false, spinCount: 0);
    private Follower? _follower;
    private Pulse? _pulse;
    private SnapshotKeeper? _snapshots;
    private long _catchUpTo = long.MaxValue;
    private volatile string? _lostBecause;
    private volatile bool _isEnding;

    /// <param name="target">Which chat.</param>
    /// <param name="settings">What must be equal on all servers.</param>
    /// <param name="engine">Not open yet; the session's from now on.</param>
    /// <param name="people">The clients of this server by name; null if clients are not looked up by name.</param>
    /// <param name="moderation">Does what moderators have decided.</param>
    /// <param name="records">Store the messages.</param>
    /// <param name="figures">Counts what happens.</param>
    /// <param name="endOfBurst">Called after entries were applied: wakes the writer.</param>
    /// <param name="lost">Called once, with the reason, if the membership is lost.</param>
    /// <param name="faults">Catches and counts exceptions in the server's own code.</param>
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
        (_target, _settings, _engine, _figures) = (target, settings, engine, figures);
        (_endOfBurst, _lost, _faults, _log) = (endOfBurst, lost, faults, log);
        _slowMembers = new SlowMembers(Incarnation, engine, faults);
        Replica = new GuardedReplica(
            Incarnation, new LocalDelivery(Incarnation, people, records, _slowMembers), new SilenceCount(target.SilentBeats));
        _outlet = new Outlet(Incarnation, engine, figures, faults, log);
        _applier = new Applier(Replica, _outlet, moderation, figures, () => IsLost, Lose, faults, log);
        _join = new ClusterJoin(settings, engine, Replica, _outlet, _applier, moderation, records.Place, () => _lostBecause);
        engine.ConnectionChanged = ConnectionChanged;
        engine.NoticeReceived = NoticeReceived;
    }

    /// <summary>Identifies this membership. Random.</summary>
    public long Incarnation { get; } = Random.Shared.NextInt64(1, long.MaxValue);

    public SlowElsewhere SlowElsewhere { get; } = new();

    /// <summary>The state of the chat, as this server knows it.</summary>
    public GuardedReplica Replica { get; }

    /// <summary>True once it is certain that this server is not part of the chat any more.</summary>
    public bool IsLost => _lostBecause is not null;

    /// <summary>Reads the log to its end and becomes a member.</summary>
    /// <param name="limit">How long it may take to reach the engine, and each of the further steps.</param>
    /// <param name="usesSnapshot">False: reads the log from its beginning.</param>
    /// <exception cref="EngineException">The engine cannot be reached, or the other servers have other settings.</exception>
    public void Start(TimeSpan limit, bool usesSnapshot)
    {
        _engine.Open(limit);
        (ImageMark? mark, _catchUpTo) = _join.TakeOverState(usesSnapshot);
        if (Replica.Position >= _catchUpTo)
        {
            _hasCaughtUp.Set();
        }

        _slowMembers.Start();
        _follower = new Follower(_engine, mark, Replica.Position, Apply, _endOfBurst, Lose, _faults, _log);
        _follower.Start();
        if (!_hasCaughtUp.Wait(limit) || IsLost)
        {
            throw new EngineException(
                _lostBecause ?? "the log could not be read to its end in time", isOtherLog: _lostBecause is not null && mark is not null);
        }

        ThrowIfEnding();
        _join.SayHello(limit);
        _join.ExchangeLists(limit);
        ThrowIfEnding();
        _figures.IsReachable = true;
        bool removesEmpty = _settings.ChannelTtl > 0;
        _pulse = new Pulse(
            _target, _engine, _outlet, _figures, Replica.MakeBeat, Replica.EmptyChannels, _follower.Restart, Lose, _faults, _log)
        {
            ChannelTtl = removesEmpty ? TimeSpan.FromSeconds(_settings.ChannelTtl) : null,
        };
        _pulse.Start();
        _snapshots = new SnapshotKeeper(_engine, Replica.SaveIfOldest, _figures, _faults, _log);
        _snapshots.Start();
    }

    /// <summary>Ends all waits for the log and for the engine, also those of <see cref="Start"/>, which throws. Any thread may call it.</summary>
    public void Cancel()
    {
        Release();
        _hasCaughtUp.Set();
        _engine.Cancel();
    }

    /// <summary>Logs that this server is a member.</summary>
    public void LogMembership()
    {
        (long position, int servers, int channels) = Replica.Count();
        _log.ClusterJoined(_target.Name, Incarnation, position, servers, channels);
    }

    /// <summary>Lets a client in. Waits for the log only if names must be unique.</summary>
    public ArriveResult Arrive(Participant participant)
    {
        LocalClient client = Replica.BeginArrival(participant, this);
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

        Replica.CancelArrival(client);
        return outcome == CommandOutcome.Exists ? ArriveResult.NameInUse : ArriveResult.Unreachable;
    }

    /// <summary>Hands a command over; see <see cref="Outlet.Submit"/>.</summary>
    public LogRequest Submit(LogCommand command, SubmittedBytes? share = null) => _outlet.Submit(command, share);

    /// <summary>Tells the other servers that this one stops. Its clients have been told before.</summary>
    public void AnnounceStop()
    {
        _isEnding = true;
        if (!IsLost)
        {
            _outlet.SubmitNow(new LogCommand(CommandKind.Bye)).IsDoneWithin(ByeLimit);
        }
    }

    /// <summary>Lets all threads that wait for the log continue. They get <see cref="CommandOutcome.Unknown"/>.</summary>
    public void Release()
    {
        _isEnding = true;
        SlowElsewhere.End();
        _outlet.End();
    }

    /// <summary>Ends all threads of the session and the connection to the engine.</summary>
    public void Dispose()
    {
        Cancel();
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

    private void ThrowIfEnding()
    {
        if (_isEnding)
        {
            throw new EngineException("the server stops");
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
        _applier.Apply(stored);
        if (stored.Position >= _catchUpTo)
        {
            _hasCaughtUp.Set();
        }
    }
}
