using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// The channels of a chat that several servers form. A thread of its own joins the chat again, as a new member, where the membership
/// was lost; the clients of that time are closed before.
/// </summary>
/// <param name="target">Which chat.</param>
/// <param name="settings">What must be equal on all servers.</param>
/// <param name="openEngine">Makes an engine, not open yet.</param>
/// <param name="people">The clients of this server by name; null where nobody is looked for.</param>
/// <param name="recorder">Keeps what is said.</param>
/// <param name="wakeWriter">Called after entries were applied.</param>
/// <param name="closeClients">Tells all clients that the chat cannot be reached, and closes them.</param>
/// <param name="faults">Takes what fails.</param>
/// <param name="log">The log of the server.</param>
internal sealed class ClusterChat(
    ClusterTarget target,
    ClusterSettings settings,
    Func<IEngine> openEngine,
    People? people,
    IRecorder recorder,
    Action wakeWriter,
    Action closeClients,
    Faults faults,
    ILogger log) : IChat, IDirectMessages, IChannelView, IDisposable
{
    /// <summary>For so long the engine may be out of reach when the server starts.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly ChannelRecords _records = new(recorder);
    private readonly ManualResetEventSlim _end = new(initialState: false, spinCount: 0);
    private readonly AutoResetEvent _lost = new(initialState: false);
    private volatile ClusterSession? _session;
    private volatile string _lostBecause = "";
    private bool _ignoresSnapshot;
    private Thread? _thread;

    /// <summary>Does on this server what moderators of any server have decided. Set before <see cref="Start"/>.</summary>
    public ILocalModeration Moderation { get; set; } = NoModeration.Instance;

    /// <summary>Counts, over all memberships.</summary>
    public ClusterFigures Figures { get; } = new();

    public int Count => All().Length;

    public int ChannelsVersion => _session?.ChannelsVersion ?? 0;

    /// <summary>Joins the chat.</summary>
    /// <exception cref="EngineException">It cannot be joined. The message is for a person.</exception>
    public void Start()
    {
        long until = Environment.TickCount64 + (long)StartLimit.TotalMilliseconds;
        for (bool isJoined = false; !isJoined;)
        {
            try
            {
                Join();
                isJoined = true;
            }
            catch (EngineException e) when (!e.IsFinal && (e.IsOtherLog || Environment.TickCount64 < until))
            {
                log.JoinFailed(e.Message);
                _end.Wait(StartPause);
            }
        }

        _thread = new Thread(Run) { Name = "cluster", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Logs that this server is a member. Later memberships log that by themselves.</summary>
    public void Announce() => _session?.Announce();

    /// <summary>
    /// Tells the other servers that this one stops, so that they take its clients for gone. Called when the last client has gone, or is closed
    /// by force. After <see cref="Release"/> it does nothing.
    /// </summary>
    public void SayBye() => _session?.SayBye();

    /// <summary>Lets all readers go on that wait for the cluster.</summary>
    public void Release() => _session?.Release();

    public void Dispose()
    {
        _end.Set();
        _lost.Set();
        _thread?.Join();
        _session?.Dispose();
        _end.Dispose();
        _lost.Dispose();
    }

    public ArriveResult Arrive(Participant participant) => _session?.Arrive(participant) ?? ArriveResult.Unreachable;

    public void Depart(Participant participant)
    {
        if (SeatOf(participant) is not LocalClient client)
        {
            return;
        }

        WaitForSpace(participant, participant.Channel, participant.Channel?.Name);
        client.AwaitUnseen();
        client.Session.Submit(Of(client, CommandKind.Depart)).Await();
        participant.Channel = null;
    }

    public void Leave(Participant participant)
    {
        if (SeatOf(participant) is not LocalClient client)
        {
            return;
        }

        WaitForSpace(participant, participant.Channel, participant.Channel?.Name);
        client.AwaitUnseen();
        client.Session.Submit(Of(client, CommandKind.Leave)).Await();
        participant.Channel = null;
    }

    public void Settle(Participant participant)
    {
        if (SeatOf(participant) is LocalClient client)
        {
            client.AwaitUnseen();
            client.Session.Submit(new LogCommand(CommandKind.Nothing)).Await();
        }
    }

    public string[] ChannelNames(out int version)
    {
        version = 0;
        return _session?.ChannelNames(out version) ?? [];
    }

    public Channel[] All() => _session?.LocalChannels() ?? [];

    public string[]? MemberNames(string channel) => _session?.MemberNames(channel);

    public CreateResult Create(Participant creator, string channel) => Enter(creator, channel, CommandKind.Create, to: null) switch
    {
        CommandOutcome.Done => CreateResult.Created,
        CommandOutcome.Full => CreateResult.Full,
        _ => CreateResult.Exists, // also where nobody knows: then the client is being closed, and is sent no answer
    };

    /// <summary>Each server makes the notice itself when it applies the command.</summary>
    public RemoveResult Remove(string channel, ReadOnlyMemory<byte> notice, out int members)
    {
        LogResult result = EntryCodec.IsChannel(channel)
            ? Do(new LogCommand(CommandKind.Remove) { Place = channel })
            : new LogResult(CommandOutcome.Absent);
        members = result.Count;
        return result.Outcome switch
        {
            CommandOutcome.Done => RemoveResult.Removed,
            CommandOutcome.Fixed => RemoveResult.Fixed,
            CommandOutcome.Absent => RemoveResult.Unknown,
            _ => RemoveResult.Unreachable,
        };
    }

    /// <summary>The clients of all servers whose name has this key, as they are now; null where the chat cannot be reached.</summary>
    public IReadOnlyList<SharedPerson>? Named(string key) =>
        _session is ClusterSession session && session.Submit(new LogCommand(CommandKind.Nothing)).Await().Outcome == CommandOutcome.Done
            ? session.Named(key)
            : null;

    /// <summary>Has a command of a moderator applied by all servers, and waits until this one has.</summary>
    public LogResult Do(LogCommand command) =>
        !EntryCodec.CanCarry(command) ? new LogResult(CommandOutcome.Void)
        : _session?.Submit(command).Await() ?? new LogResult(CommandOutcome.Unknown);

    /// <summary>Tells the other servers whether a client of this one is a moderator.</summary>
    public static void Rank(Participant participant)
    {
        if (SeatOf(participant) is LocalClient client)
        {
            client.Session.Submit(Of(client, CommandKind.Rank) with { Peer = participant.Peer with { IsModerator = participant.IsModerator } });
        }
    }

    public bool TryJoin(Participant participant, string channel) =>
        Enter(participant, channel, CommandKind.Join, (participant.Seat as LocalClient)?.Session.Local(channel)) == CommandOutcome.Done;

    public void Say(Participant sender, ReadOnlyMemory<byte> frames)
    {
        if (SeatOf(sender) is not LocalClient { Current: ReplicaChannel channel } client)
        {
            return;
        }

        LogCommand command = Of(client, CommandKind.Say) with { Frames = frames };
        SlowElsewhere elsewhere = client.Session.SlowElsewhere;
        if (channel.Local!.IsCrowded || elsewhere.IsSlow(channel.Name))
        {
            // One sender of this server after the other, each when what the last one said has reached the members here.
            client.AwaitUnseen();
            channel.Local.InTurn(sender, () =>
            {
                elsewhere.WaitForRoom(channel.Name);
                sender.Caused(client.Session.Submit(command).Await().Bytes);
            });
        }
        else
        {
            channel.Submitted.Take(frames.Length);
            client.Follow(client.Session.Submit(command, channel.Submitted));
        }
    }

    public bool TrySend(Participant sender, string name, ReadOnlyMemory<byte> frames)
    {
        if (SeatOf(sender) is not LocalClient client)
        {
            return true;
        }

        client.AwaitUnseen();
        WaitForSpace(sender, people?.MailboxOf(name), SlowNotice.Mailbox(LookAlike.Key(name)));
        LogResult result = client.Session.Submit(Of(client, CommandKind.Write) with { Text = name, Frames = frames }).Await();
        sender.Caused(result.Bytes);
        return result.Outcome != CommandOutcome.Absent;
    }

    /// <summary>Null where the membership of its time was lost: then the client is being closed.</summary>
    private static LocalClient? SeatOf(Participant participant) =>
        participant.Seat is LocalClient { Session.IsLost: false } client ? client : null;

    private static LogCommand Of(LocalClient client, CommandKind kind) => new(kind) { Client = client.Number };

    private static void WaitForSpace(Participant participant, Channel? channel, string? place)
    {
        if (channel is not null)
        {
            channel.WaitForSpace(participant);
        }

        if (place is not null && participant.Seat is LocalClient client && client.Session.SlowElsewhere.IsSlow(place))
        {
            client.Session.SlowElsewhere.WaitForRoom(place);
        }
    }

    private static CommandOutcome Enter(Participant participant, string channel, CommandKind kind, Channel? to)
    {
        if (SeatOf(participant) is not LocalClient client)
        {
            return CommandOutcome.Unknown;
        }

        client.AwaitUnseen();
        WaitForSpace(participant, participant.Channel, participant.Channel?.Name);
        WaitForSpace(participant, to, to?.Name);
        CommandOutcome outcome = client.Session.Submit(Of(client, kind) with { Place = channel }).Await().Outcome;
        if (outcome == CommandOutcome.Done)
        {
            participant.Channel = client.Current?.Local;
        }

        return outcome;
    }

    private void Join()
    {
        var session = new ClusterSession(target, settings, openEngine(), people, Moderation, _records, Figures, wakeWriter, Lost, faults, log);
        try
        {
            session.Start(StartLimit, usesSnapshot: !_ignoresSnapshot);
            _session = session;
            _ignoresSnapshot = false;
        }
        catch (EngineException e)
        {
            session.Dispose();
            if (e.IsOtherLog)
            {
                log.SnapshotIgnored();
                _ignoresSnapshot = true;
            }

            throw;
        }
    }

    private void Lost(string why)
    {
        _lostBecause = why;
        _lost.Set();
    }

    private void Run()
    {
        while (!_end.IsSet)
        {
            if (_session is null)
            {
                faults.Guard("joining the cluster again", JoinAgain);
            }
            else
            {
                _lost.WaitOne();
                if (!_end.IsSet && _session.IsLost)
                {
                    faults.Guard("leaving the cluster", Leave);
                }
            }
        }
    }

    /// <summary>The clients first: what a reader is told after that is sent to nobody.</summary>
    private void Leave()
    {
        ClusterSession session = _session!;
        Figures.Lost();
        log.ClusterLost(_lostBecause);
        _session = null;
        closeClients();
        session.Dispose();
    }

    private void JoinAgain()
    {
        try
        {
            Join();
            Announce();
        }
        catch (EngineException e)
        {
            log.JoinFailed(e.Message);
            _end.Wait(RetryPause);
        }
    }
}
