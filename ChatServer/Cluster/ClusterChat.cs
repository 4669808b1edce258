using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>The channels of a chat that several servers form: what a client of this server does becomes commands in the log of all.</summary>
internal sealed class ClusterChat : IChat, IDirectMessages, IChannelView, IDisposable
{
    private readonly ClusterMembership _membership;
    private readonly People? _people;

    /// <param name="target">Which chat.</param>
    /// <param name="settings">What must be equal on all servers.</param>
    /// <param name="openEngine">Makes an engine, not open yet.</param>
    /// <param name="people">The clients of this server by name; null if clients are not looked up by name.</param>
    /// <param name="recorder">Stores the messages.</param>
    /// <param name="wakeWriter">Called after entries were applied.</param>
    /// <param name="closeClients">Tells all clients that the chat cannot be reached, and closes them.</param>
    /// <param name="faults">Catches and counts exceptions in the server's own code.</param>
    /// <param name="log">The log of the server.</param>
    public ClusterChat(
        ClusterTarget target,
        ClusterSettings settings,
        Func<IEngine> openEngine,
        People? people,
        IRecorder recorder,
        Action wakeWriter,
        Action closeClients,
        Faults faults,
        ILogger log)
    {
        _people = people;
        var records = new ChannelRecords(recorder);
        _membership = new ClusterMembership(
            lost => new ClusterSession(target, settings, openEngine(), people, Moderation, records, Figures, wakeWriter, lost, faults, log),
            Figures,
            closeClients,
            faults,
            log);
    }

    /// <summary>Does on this server what moderators of any server have decided. Set before <see cref="Start"/>.</summary>
    public ILocalModeration Moderation { get; set; } = NoModeration.Instance;

    /// <summary>Counts, over all memberships.</summary>
    public ClusterFigures Figures { get; } = new();

    public int Count => All().Length;

    public int ChannelsVersion => Session?.Replica.ChannelsVersion ?? 0;

    private ClusterSession? Session => _membership.Session;

    /// <summary>Joins the chat.</summary>
    /// <param name="stop">Ends the attempt, at once.</param>
    /// <exception cref="EngineException">It cannot be joined. The message is for a person.</exception>
    public void Start(CancellationToken stop = default) => _membership.Start(stop);

    /// <summary>The server stops: if it is joining, that ends at once.</summary>
    public void BeginStop() => _membership.BeginStop();

    /// <summary>Logs that this server is a member. Later memberships log that by themselves.</summary>
    public void LogMembership() => Session?.LogMembership();

    /// <summary>Tells the other servers that this one stops. Called when the last client has gone.</summary>
    public void AnnounceStop() => Session?.AnnounceStop();

    /// <summary>Lets all readers that wait for the cluster continue. Nothing is added to the log after that.</summary>
    public void Release() => Session?.Release();

    /// <summary>The same if the log does not advance: otherwise the readers would wait for an entry that does not come.</summary>
    public void ReleaseIfUnreachable()
    {
        if (!Figures.IsReachable)
        {
            Release();
        }
    }

    public void Dispose() => _membership.Dispose();

    public ArriveResult Arrive(Participant participant) => Session?.Arrive(participant) ?? ArriveResult.Unreachable;

    public void Depart(Participant participant)
    {
        if (SeatOf(participant) is not LocalClient client)
        {
            return;
        }

        WaitForSpace(participant, participant.Channel, participant.Channel?.Name);
        client.AwaitUnseen();
        client.Do(Of(client, CommandKind.Depart));
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
        client.Do(Of(client, CommandKind.Leave));
        participant.Channel = null;
    }

    public void Synchronize(Participant participant)
    {
        if (SeatOf(participant) is LocalClient client)
        {
            client.AwaitUnseen();
            client.Do(new LogCommand(CommandKind.Nothing));
        }
    }

    public bool IsDone(Participant participant) => participant.Seat is not LocalClient { IsDone: false };

    public string[] ChannelNames(out int version)
    {
        version = 0;
        return Session?.Replica.ChannelNames(out version) ?? [];
    }

    public Channel[] All() => Session?.Replica.LocalChannels() ?? [];

    public string[]? MemberNames(string channel) => Session?.Replica.MemberNames(channel);

    public CreateResult Create(Participant creator, string channel) => Enter(creator, channel, CommandKind.Create, to: null) switch
    {
        CommandOutcome.Done => CreateResult.Created,
        CommandOutcome.Full => CreateResult.Full,
        _ => CreateResult.Exists, // also if the outcome is unknown: then the connection is being closed, and the client gets no answer
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

    /// <summary>The clients of all servers whose name has this key, as they are now; null if the chat cannot be reached.</summary>
    public IReadOnlyList<SharedPerson>? Named(string key) => AskNow(replica => replica.Named(key));

    /// <summary>The moderators on all servers, as they are now; null if the chat cannot be reached.</summary>
    public IReadOnlyList<SharedPerson>? Moderators() => AskNow(replica => replica.Moderators());

    /// <summary>Has a command of a moderator applied by all servers, and waits until this one has.</summary>
    public LogResult Do(LogCommand command) =>
        !EntryCodec.CanCarry(command) ? new LogResult(CommandOutcome.Void)
        : Session?.Submit(command).Await() ?? new LogResult(CommandOutcome.Unknown);

    /// <summary>Tells the other servers whether a client of this one is a moderator.</summary>
    public static void Rank(Participant participant)
    {
        if (SeatOf(participant) is LocalClient client)
        {
            client.Session.Submit(Of(client, CommandKind.Rank) with { Peer = participant.Peer with { IsModerator = participant.IsModerator } });
        }
    }

    public bool TryJoin(Participant participant, string channel) =>
        Enter(participant, channel, CommandKind.Join, (participant.Seat as LocalClient)?.Session.Replica.Local(channel)) == CommandOutcome.Done;

    public void Say(Participant sender, ReadOnlyMemory<byte> frames)
    {
        if (SeatOf(sender) is not LocalClient { Current: ReplicaChannel channel } client)
        {
            return;
        }

        sender.Outbox.EndWork(); // it may wait below
        if (channel.HasOthers)
        {
            sender.NoteHeard();
        }

        LogCommand command = Of(client, CommandKind.Say) with { Frames = frames };
        SlowElsewhere elsewhere = client.Session.SlowElsewhere;
        if (channel.Local!.HasBackPressure || elsewhere.IsSlow(channel.Name))
        {
            // The senders of this server take turns. Each waits until the messages of the one before have reached the members here.
            client.AwaitUnseen();
            channel.Local.InTurn(sender, () =>
            {
                elsewhere.WaitForSpace(channel.Name);
                sender.Caused(client.Do(command).Bytes);
            });
        }
        else
        {
            channel.Submitted.Take(frames.Length, Figures.Servers);
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
        WaitForSpace(sender, _people?.MailboxOf(name), SlowNotice.Mailbox(LookAlike.Key(name)));
        LogResult result = client.Do(Of(client, CommandKind.Write) with { Text = name, Frames = frames });
        sender.Caused(result.Bytes);
        return result.Outcome != CommandOutcome.Absent;
    }

    /// <summary>Null if the membership of its time was lost: then the client is being closed.</summary>
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
            participant.Outbox.EndWork();
            client.Session.SlowElsewhere.WaitForSpace(place);
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
        CommandOutcome outcome = client.Do(Of(client, kind) with { Place = channel }).Outcome;
        if (outcome == CommandOutcome.Done)
        {
            participant.Channel = client.Current?.Local;
        }

        return outcome;
    }

    private SharedPerson[]? AskNow(Func<GuardedReplica, SharedPerson[]> ask) =>
        Session is ClusterSession session && session.Submit(new LogCommand(CommandKind.Nothing)).Await().Outcome == CommandOutcome.Done
            ? ask(session.Replica)
            : null;
}
