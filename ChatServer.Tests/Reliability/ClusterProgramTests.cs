using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/cluster.md: a server of several dies, stands still, or is cut off from the engine.</summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class ClusterProgramTests(TestContext context) : ProgramTests
{
    private const string Unreachable = "The chat cannot be reached. Please try again later.";

    [TestMethod]
    [TestCategory(NativePrograms.Category)]
    public void The_members_of_a_server_that_is_killed_leave_within_the_timeout()
    {
        using var engine = new NatsServer();
        using LiveServer first = LiveServer.Start(Options(engine.Url));
        using LiveServer second = LiveServer.Start(Options(engine.Url));
        (WireClient ana, WireClient _) = Meet(first, second);

        second.Kill();

        Assert.AreEqual("Bea has left", ana.Read());
        ana.Send("still here");
        Assert.IsEmpty(ana.Fence());
    }

    [TestMethod]
    public void A_server_that_stood_still_for_too_long_closes_its_clients_and_is_a_new_member()
    {
        using var engine = new NatsServer();
        string[] options = [.. Options(engine.Url), "--unique-names"];
        using LiveServer first = LiveServer.Start(options);
        using LiveServer second = LiveServer.Start(options);
        (WireClient ana, WireClient bea) = Meet(first, second);

        second.Process.Suspend();
        bea.Send("said to a server that stands still");
        Assert.AreEqual("Bea has left", ana.Read());
        WireClient other = first.Enter("Bea"); // the name is free with the server that had it
        other.Send("/join tea", "it is me");
        ana.Read(2).MustBe("Bea has joined", "[Bea] it is me");
        second.Process.Resume();

        bea.ReadToEnd().MustBe(Unreachable);
        WireClient back = EnterAgain(second);
        back.Send("/join tea", "hello");
        ana.Read(2).MustBe("Back has joined", "[Back] hello");
        other.Read(2).MustBe("Back has joined", "[Back] hello");
    }

    [TestMethod]
    public void A_server_that_was_cut_off_from_the_engine_for_too_long_closes_its_clients_when_the_link_is_back()
    {
        Needs.Linux();
        Needs.Program("ip");
        Needs.Root("a network of its own");
        using var engine = new NatsServer("0.0.0.0");
        using var network = new SeparateNetwork();
        using LiveServer near = LiveServer.Start(Options(engine.Url));
        using var far = new LiveServer(network.Start(
            ["./run.sh", "server", "0", .. Options($"nats://{network.OurAddress}:{engine.Port}")]));
        using WireClient bea = far.Connect(to: network.ServerAddress);
        WireClient ana = Meet(bea, near);

        network.TakeLinkDown();
        Assert.AreEqual("Bea has left", ana.Read());
        network.PutLinkUp();

        bea.ReadToEnd().MustBe(Unreachable);
        EnterAgain(far, network).Send("/join tea");
        Assert.AreEqual("Back has joined", ana.Read());
    }

    [TestMethod]
    [DataRow(true, DisplayName = "an engine that stands still")]
    [DataRow(false, DisplayName = "no engine")]
    public void A_server_that_is_starting_and_waits_for_its_engine_stops(bool hasEngine)
    {
        using var engine = new NatsServer();
        if (hasEngine)
        {
            engine.Suspend();
        }
        else
        {
            engine.Kill();
        }

        using var port = new HeldPort();
        using ChatProcess server = RunScript.Start("server", port.Number.ToString(CultureInfo.InvariantCulture), "--cluster", engine.Url);
        Eventually.True(() => Listens(port.Number), "the server should listen before it joins");

        server.Terminate();

        Assert.AreEqual(0, server.AwaitExit(), server.Error.All);
        Assert.DoesNotContain("Cannot join", server.Error.All);
    }

    [TestMethod]
    [DataRow(true, DisplayName = "an engine that stands still")]
    [DataRow(false, DisplayName = "no engine")]
    public void A_server_that_has_lost_its_engine_stops(bool hasEngine)
    {
        using var engine = new NatsServer();
        using LiveServer server = LiveServer.Start(Options(engine.Url));
        WireClient ana = server.Enter("Ana");
        if (hasEngine)
        {
            engine.Suspend();
        }
        else
        {
            engine.Kill();
        }

        ana.Send("This does not get through.");
        server.Process.Terminate();

        Assert.AreEqual(0, server.AwaitExit(), server.Log);
        Assert.Contains("Stopped: ", server.Log);
    }

    [TestMethod]
    public void A_server_without_an_engine_ends_with_one_line()
    {
        using ChatProcess server = RunScript.Start("server", "0", "--cluster", "nats://127.0.0.1:1");

        Assert.AreEqual(1, server.AwaitExit());
        string[] lines = server.Error.AwaitEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("Cannot join the chat 'main': the engine at nats://127.0.0.1:1 cannot be reached: ", lines[^1]);
    }

    [TestMethod]
    public void Messages_that_are_sent_while_a_server_is_cut_off_for_a_short_time_arrive_once_and_in_order()
    {
        Needs.Linux();
        Needs.Program("ip");
        Needs.Root("a network of its own");
        using var engine = new NatsServer("0.0.0.0");
        using var network = new SeparateNetwork();
        using LiveServer near = LiveServer.Start(Options(engine.Url, serverTimeout: 60));
        using var far = new LiveServer(network.Start(
            ["./run.sh", "server", "0", .. Options($"nats://{network.OurAddress}:{engine.Port}", serverTimeout: 60)]));
        using WireClient bea = far.Connect(to: network.ServerAddress);
        WireClient ana = Meet(bea, near);

        const int Messages = 200;
        int rounds = Soak.Size(1, 10);
        for (int round = 0; round < rounds; round++)
        {
            network.TakeLinkDown();
            ana.Send(Enumerable.Range(0, Messages).Select(i => $"{round} {i}"));
            bea.Send(Enumerable.Range(0, Messages).Select(i => $"{round} {i}")); // the kernel keeps it until the link is back
            Assert.IsEmpty(ana.Fence(), "The server that reaches the engine goes on.");
            far.Process.Error.AwaitSinceLastLook(
                text => text.Contains("the engine cannot be reached", StringComparison.Ordinal), "the other one should notice");
            network.PutLinkUp();

            bea.Read(Messages).MustBe(Enumerable.Range(0, Messages).Select(i => $"[Ana] {round} {i}"));
            ana.Read(Messages).MustBe(Enumerable.Range(0, Messages).Select(i => $"[Bea] {round} {i}"));
        }
    }

    /// <summary>In full size the node that leads the log is killed again and again under load: an election takes up to ten seconds.</summary>
    [TestMethod]
    [DoNotParallelize] // has both processors to itself
    public void Three_nodes_keep_the_log_and_nothing_is_lost_or_doubled()
    {
        int kills = Soak.Size(0, 6);
        using var nodes = new NatsNodes();
        var options = new ServerOptions
        {
            Cluster = new ClusterTarget(nodes.Urls, "test") { Replicas = NatsNodes.Count, ServerTimeout = Limit.Load, EngineTimeout = Limit.Load },
            SendLimits = new SendLimits(256 * 1024, 64 * 1024 * 1024, SlowTimeout: Limit.Wait), // only the machine is slow here
        };
        var servers = new List<TestServer>();
        try
        {
            for (int i = 0; i < Soak.Size(2, 3); i++)
            {
                servers.Add(new TestServer(options));
            }

            var crowd = new MovingCrowd([.. servers.Select(server => server.Port)], Soak.Seed);
            TestThread killing = TestThread.Start("what kills the leader", () =>
            {
                for (int i = 0; i < kills; i++)
                {
                    int leader = nodes.AwaitLeader("CHAT_test");
                    nodes.Kill(leader);
                    nodes.Restart(leader);
                }
            });
            do
            {
                crowd.Round();
            }
            while (killing.IsRunning);

            killing.AwaitEnd();
            context.WriteLine($"Seed {Soak.Seed}: {crowd}, all right; the leader killed {kills} times");
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }
    }

    private static bool Listens(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string[] Options(string urls, int serverTimeout = 6) =>
        ["--cluster", urls, "--server-timeout", $"{serverTimeout}", "--engine-timeout", "60"];

    private static (WireClient Ana, WireClient Bea) Meet(LiveServer first, LiveServer second)
    {
        WireClient ana = first.Enter("Ana");
        ana.Send("/create tea");
        ana.Fence();
        WireClient bea = second.Enter("Bea");
        bea.Send("/join tea");
        bea.Fence();
        Assert.AreEqual("Bea has joined", ana.Read());
        return (ana, bea);
    }

    /// <summary>Bea creates a channel, and Ana joins it on another server.</summary>
    private static WireClient Meet(WireClient bea, LiveServer near)
    {
        bea.Introduce("Bea");
        bea.Send("/create tea");
        bea.Fence();
        WireClient ana = near.Enter("Ana");
        ana.Send("/join tea");
        ana.Fence();
        Assert.AreEqual("Ana has joined", bea.Read());
        return ana;
    }

    private static WireClient EnterAgain(LiveServer server, SeparateNetwork? network = null)
    {
        WireClient? client = null;
        Eventually.True(
            () =>
            {
                client = server.Connect(to: network?.ServerAddress);
                client.Send("Back", "/nope");
                return client.Read() != Unreachable;
            },
            "the server should be a member again");
        return client!;
    }
}
