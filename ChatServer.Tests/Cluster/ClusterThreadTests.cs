using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Reliability;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>The servers of a chat with all their threads, over an engine in memory that loses, doubles, delays, breaks and goes back.</summary>
[TestClass]
[TestCategory(SlowTest.Category)]
public sealed class ClusterThreadTests : IDisposable
{
    private const int Servers = 3;

    private static readonly string[] Channels = ["alpha", "beta"];

    private readonly FaultLog _faults = new();
    private readonly List<ClusterChat> _chats = [];
    private int _closed;

    public void Dispose()
    {
        EndAll();
        Assert.IsEmpty(_faults.Faults, string.Join('\n', _faults.Faults));
    }

    [TestMethod]
    [TestCategory(Soak.Category)]
    public void Whatever_happens_on_the_way_to_the_engine_each_client_gets_its_part_of_the_one_order()
    {
        for (int round = 0; round < Soak.Size(2, 100); round++)
        {
            int seed = Soak.Seed + round;
            var log = new LogInMemory(seed, isFaulty: true);
            for (int i = 0; i < Servers; i++)
            {
                Start(log);
            }

            (Participant Watcher, RecordingOutbox Outbox)[] watchers = [.. Channels.Select(channel => Enter(_chats[0], $"W-{channel}"))];
            for (int i = 0; i < Channels.Length; i++)
            {
                Assert.AreEqual(CreateResult.Created, _chats[0].Create(watchers[i].Watcher, Channels[i]));
            }

            var lives = new Life[2 * Servers];
            using var end = new ManualResetEventSlim();
            TestThread breaking = TestThread.Start("what breaks the connections", () => BreakUntil(log, end));
            Together.Run(Enumerable.Range(0, lives.Length).Select<int, Action>(
                i => () => lives[i] = Live(_chats[i % Servers], $"C{round}.{i}", new Random(seed + i))));
            end.Set();
            breaking.AwaitEnd();

            Dictionary<string, string[]> orders = [];
            for (int i = 0; i < Channels.Length; i++)
            {
                _chats[0].Synchronize(watchers[i].Watcher);
                orders.Add(Channels[i], watchers[i].Outbox.Take());
            }

            EndAll();
            new MoveLedger(orders).Check(lives, earlier: []);
            Assert.AreNotEqual(0, log.Faults, "Something has happened on the way.");
        }

        Assert.AreEqual(0, _closed, "No server has lost the chat.");
    }

    [TestMethod]
    [DataRow(5, 0, DisplayName = "by some entries")]
    [DataRow(5, 40, DisplayName = "and is longer again, with other contents, before anybody looks")]
    [DataRow(int.MaxValue, 0, DisplayName = "to its beginning")]
    [DataRow(int.MaxValue, 400, DisplayName = "to its beginning, and is as long as it was")]
    public void A_log_that_goes_back_is_noticed_and_who_had_applied_what_is_lost_is_a_new_member(int by, int more)
    {
        var log = new LogInMemory(seed: 1, isFaulty: false);
        Start(log);
        Start(log);
        (Participant ana, _) = Enter(_chats[0], "Ana");
        Assert.AreEqual(CreateResult.Created, _chats[0].Create(ana, "tea"));
        _chats[1].Synchronize(Enter(_chats[1], "Bea").Participant);

        log.Break(entries =>
        {
            entries.RemoveRange(Math.Max(0, entries.Count - by), Math.Min(by, entries.Count));
            for (int i = 0; i < more; i++)
            {
                entries.Add(new StoredEntry(entries.Count + 1, DateTime.UtcNow.Ticks, (byte[])[0]));
            }
        });

        // A server that had not applied any of these entries yet has lost nothing.
        Eventually.True(() => Volatile.Read(ref _closed) > 0, "a server should close its clients");
        string[] rooms = [.. _chats.Select(CreateRoom)];
        Eventually.True(() => _chats.TrueForAll(chat => chat.ChannelNames(out _).Intersect(rooms).Count() == 2), "both should know both channels");
    }

    [TestMethod]
    public void A_server_that_sees_entries_of_other_versions_says_so_once_for_each_and_goes_on()
    {
        var log = new LogInMemory(seed: 1, isFaulty: false);
        byte[] other = EntryOfVersion(EntryCodec.Version - 1);
        log.Append(other); // before this server is part of the chat: the other one may have stopped since
        var lines = new LineLog { Least = LogLevel.Warning };
        ClusterChat chat = Start(log, lines);
        log.Append(other);
        log.Append(EntryOfVersion(EntryCodec.Version + 1));
        log.Append(other);

        Assert.AreEqual(CreateResult.Created, chat.Create(Enter(chat, "Ana").Participant, "tea"));

        lines.Take().MustBe(LineOf(EntryCodec.Version - 1), LineOf(EntryCodec.Version + 1));
        Assert.AreEqual(0, Volatile.Read(ref _closed));

        static string LineOf(int version) => $"Cluster: another server uses version {version} of the log, this one uses version {EntryCodec.Version}. "
            + "Their clients do not see each other. Stop all servers, and start them with the same program";

        static byte[] EntryOfVersion(int version)
        {
            byte[] entry = EntryCodec.Encode(new ServerEntry(9, 0, [new LogCommand(CommandKind.Hello) { Text = ReplicaRig.Settings.ToString() }]));
            entry[0] = (byte)version;
            return entry;
        }
    }

    [TestMethod]
    [DataRow(0, DisplayName = "which is shorter")]
    [DataRow(400, DisplayName = "which is as long, with other contents")]
    public void A_snapshot_of_another_log_is_not_used(int length)
    {
        var log = new LogInMemory(seed: 1, isFaulty: false);
        Start(log);
        Assert.AreEqual(CreateResult.Created, _chats[0].Create(Enter(_chats[0], "Ana").Participant, "tea"));
        Eventually.True(() => log.Piece(null) is not null, "the oldest server should store a snapshot");
        log.Break(entries =>
        {
            entries.Clear();
            entries.AddRange(Enumerable.Range(1, length).Select(i => new StoredEntry(i, i, (byte[])[0])));
        });

        ClusterChat second = Start(log);

        Assert.IsEmpty(second.ChannelNames(out _));
        Assert.AreEqual(CreateResult.Created, second.Create(Enter(second, "Bea").Participant, "tea"));
        Eventually.True(() => _chats[0].ChannelNames(out _) is ["tea"] && Volatile.Read(ref _closed) == 1, "the first server should be a new member");
    }

    /// <summary>This happens if the clock of the engine jumps ahead: entries that are usually kept for minutes expire at once.</summary>
    [TestMethod]
    public void Servers_that_have_applied_what_expires_go_on()
    {
        var log = new LogInMemory(seed: 1, isFaulty: false);
        Start(log);
        Start(log);
        (Participant ana, RecordingOutbox outbox) = Enter(_chats[0], "Ana");
        Assert.AreEqual(CreateResult.Created, _chats[0].Create(ana, "tea"));
        (Participant bea, _) = Enter(_chats[1], "Bea");
        Assert.IsTrue(_chats[1].TryJoin(bea, "tea"));
        for (int i = 0; i < 10; i++)
        {
            _chats[0].Synchronize(ana);
            _chats[1].Synchronize(bea);
            log.Expire(upTo: _chats.Min(chat => chat.Figures.Position));
            log.Break();
            _chats[1].Say(bea, WireFrame.Encode($"[Bea] {i}"));
        }

        _chats[1].Synchronize(bea); // the log has her last message when this returns
        _chats[0].Synchronize(ana);
        outbox.Take().MustBe(["Bea has joined", .. Enumerable.Range(0, 10).Select(i => $"[Bea] {i}")]);
        Assert.AreEqual(0, _closed, "No server has lost the chat.");
    }

    /// <summary>Two programs with one number: a machine that was copied while it ran, or another program that may write to the engine.</summary>
    [TestMethod]
    public void A_server_in_whose_name_somebody_else_writes_is_a_new_member()
    {
        var log = new LogInMemory(seed: 1, isFaulty: false);
        Start(log);
        Start(log);
        Enter(_chats[0], "Ana");

        Eventually.True(
            () =>
            {
                log.Add(Forge);
                return Volatile.Read(ref _closed) > 0;
            },
            "the server should close its clients");

        string[] rooms = [.. _chats.Select(CreateRoom)];
        Eventually.True(() => _chats.TrueForAll(chat => chat.ChannelNames(out _).Intersect(rooms).Count() == 2), "both should know both channels");
    }

    /// <summary>The next entry of the server whose entry is the first in the log.</summary>
    private static byte[] Forge(IReadOnlyList<StoredEntry> log)
    {
        long server = EntryCodec.TryDecode(log[0].Payload)!.Incarnation;
        long last = log.Select(entry => EntryCodec.TryDecode(entry.Payload)!).Where(entry => entry.Incarnation == server).Max(entry => entry.Number);
        return EntryCodec.Encode(new ServerEntry(server, last + 1, [new LogCommand(CommandKind.Nothing)]));
    }

    /// <summary>Until the server has noticed, it still lets clients in, and then closes them: so each try is made by a new client.</summary>
    private static string CreateRoom(ClusterChat chat, int index)
    {
        string room = "";
        int tries = 0;
        Eventually.True(
            () =>
            {
                room = $"room-{index}-{++tries}";
                var again = new Participant($"Again-{index}-{tries}", new RecordingOutbox());
                return chat.Arrive(again) == ArriveResult.Arrived && chat.Create(again, room) == CreateResult.Created;
            },
            "the server should be a member again");
        return room;
    }

    [TestMethod]
    public void A_server_that_starts_from_a_snapshot_has_the_state_of_the_others()
    {
        var log = new LogInMemory(seed: 1, isFaulty: false);
        Start(log);
        (Participant ana, _) = Enter(_chats[0], "Ana");
        Assert.AreEqual(CreateResult.Created, _chats[0].Create(ana, "tea"));
        Eventually.True(() => log.Piece(null) is not null, "the oldest server should store a snapshot");
        ClusterChat second = Start(log);

        Assert.AreSequenceEqual(["tea"], second.ChannelNames(out _));
        Assert.AreSequenceEqual(["Ana"], second.MemberNames("tea")!);
        Assert.AreEqual(CreateResult.Exists, second.Create(Enter(second, "Bea").Participant, "tea"));
    }

    [TestMethod]
    public void What_a_client_has_sent_is_done_when_it_was_applied_and_never_if_that_is_not_known()
    {
        var log = new LogInMemory(seed: 1, isFaulty: false);
        ClusterChat chat = Start(log);
        (Participant ana, _) = Enter(chat, "Ana");
        Assert.AreEqual(CreateResult.Created, chat.Create(ana, "tea"));
        Assert.IsTrue(chat.IsDone(ana));
        using (new StandingEngine(log))
        {
            chat.Say(ana, WireFrame.Encode("[Ana] one"));
            Assert.IsFalse(chat.IsDone(ana));
        }

        chat.Synchronize(ana);
        Assert.IsTrue(chat.IsDone(ana));
        using (new StandingEngine(log))
        {
            chat.Say(ana, WireFrame.Encode("[Ana] two"));
            chat.Release();
            chat.Synchronize(ana);
            Assert.IsFalse(chat.IsDone(ana));
        }
    }

    private static void BreakUntil(LogInMemory log, ManualResetEventSlim end)
    {
        while (!end.Wait(TimeSpan.FromMilliseconds(100)))
        {
            log.Break();
        }
    }

    private static Life Live(ClusterChat chat, string name, Random random)
    {
        const int Actions = 40;
        (Participant me, RecordingOutbox outbox) = Enter(chat, name);
        var life = new Life(name);
        for (int i = 0; i < Actions; i++)
        {
            switch (random.Next(10))
            {
                case < 2:
                    string channel = Channels[random.Next(Channels.Length)];
                    life.MovesTo(channel);
                    Assert.IsTrue(chat.TryJoin(me, channel));
                    break;
                case 2:
                    life.MovesTo(null);
                    chat.Leave(me);
                    break;
                case var _ when life.Channel is not null:
                    life.Says($"{i}");
                    chat.Say(me, WireFrame.Encode($"[{name}] {i}"));
                    break;
            }
        }

        life.Ends(well: true);
        chat.Depart(me);
        life.Saw(outbox.Take());
        return life;
    }

    private static (Participant Participant, RecordingOutbox Outbox) Enter(ClusterChat chat, string name)
    {
        var outbox = new RecordingOutbox();
        var participant = new Participant(name, outbox);
        Assert.AreEqual(ArriveResult.Arrived, chat.Arrive(participant));
        return (participant, outbox);
    }

    private void EndAll()
    {
        foreach (ClusterChat chat in _chats)
        {
            chat.AnnounceStop();
            chat.Dispose();
        }

        _chats.Clear();
    }

    private ClusterChat Start(LogInMemory log, ILogger? lines = null)
    {
        // On a busy machine no server is declared gone.
        var target = new ClusterTarget("memory", "test") { ServerTimeout = TimeSpan.FromMinutes(10), EngineTimeout = TimeSpan.FromMinutes(10) };
        var chat = new ClusterChat(
            target,
            ReplicaRig.Settings,
            () => new MemoryEngine(log),
            people: null,
            NoRecord.Instance,
            wakeWriter: () => { },
            closeClients: () => Interlocked.Increment(ref _closed),
            new Faults(_faults),
            lines ?? _faults);
        _chats.Add(chat);
        chat.Start();
        return chat;
    }

    /// <summary>The engine stands still until this is disposed.</summary>
    private sealed class StandingEngine : IDisposable
    {
        private readonly ManualResetEventSlim _stands = new();
        private readonly ManualResetEventSlim _goesOn = new();
        private readonly TestThread _thread;

        public StandingEngine(LogInMemory log)
        {
            _thread = TestThread.Start("an engine that stands still", () => log.Add(_ =>
            {
                _stands.Set();
                Assert.IsTrue(_goesOn.Wait(Limit.Wait));
                return [0];
            }));
            Assert.IsTrue(_stands.Wait(Limit.Wait));
        }

        public void Dispose()
        {
            _goesOn.Set();
            _thread.AwaitEnd();
            _stands.Dispose();
            _goesOn.Dispose();
        }
    }
}
