using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/cluster.md: a server of several dies, stands still, or is cut off from the engine.</summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class ClusterProgramTests : ProgramTests
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
        using LiveServer first = LiveServer.Start(Options(engine.Url));
        using LiveServer second = LiveServer.Start(Options(engine.Url));
        (WireClient ana, WireClient bea) = Meet(first, second);

        second.Process.Suspend();
        Assert.AreEqual("Bea has left", ana.Read());
        second.Process.Resume();

        bea.ReadToEnd().MustBe(Unreachable);
        WireClient back = EnterAgain(second);
        back.Send("/join tea", "hello");
        ana.Read(2).MustBe("Back has joined", "[Back] hello");
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
        bea.Introduce("Bea");
        bea.Send("/create tea");
        bea.Fence();
        WireClient ana = near.Enter("Ana");
        ana.Send("/join tea");
        ana.Fence();
        Assert.AreEqual("Ana has joined", bea.Read());

        network.TakeLinkDown();
        Assert.AreEqual("Bea has left", ana.Read());
        network.PutLinkUp();

        bea.ReadToEnd().MustBe(Unreachable);
        EnterAgain(far, network).Send("/join tea");
        Assert.AreEqual("Back has joined", ana.Read());
    }

    [TestMethod]
    public void A_server_without_an_engine_ends_with_one_line()
    {
        using ChatProcess server = RunScript.Start("server", "0", "--cluster", "nats://127.0.0.1:1");

        Assert.AreEqual(1, server.AwaitExit());
        string[] lines = server.Error.AwaitEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("Cannot join the chat 'main': the engine at nats://127.0.0.1:1 cannot be reached: ", lines[^1]);
    }

    /// <summary>In full size each node is killed once, so the leader of the log too: an election takes up to ten seconds.</summary>
    [TestMethod]
    public void Three_nodes_keep_the_log_and_nothing_is_lost_or_doubled()
    {
        using var nodes = new NatsNodes();
        using LiveServer first = LiveServer.Start([.. Options(nodes.Urls, serverTimeout: 60), "--cluster-replicas", "3"]);
        using LiveServer second = LiveServer.Start([.. Options(nodes.Urls, serverTimeout: 60), "--cluster-replicas", "3"]);
        (WireClient ana, WireClient bea) = Meet(first, second);
        const int Messages = 1_000;

        for (int node = 0; node < Soak.Size(1, NatsNodes.Count); node++)
        {
            string[] expected = [.. Enumerable.Range(0, Messages).Select(i => $"[Ana] {node} {i}")];
            var talking = new Thread(() =>
            {
                for (int i = 0; i < Messages; i++)
                {
                    ana.Send($"{node} {i}", "");
                }
            });
            talking.Start();
            bea.Read(Messages / 4).MustBe(expected.Take(Messages / 4));
            if (Soak.IsOn)
            {
                nodes.Kill(node);
            }

            bea.Read(Messages - (Messages / 4)).MustBe(expected.Skip(Messages / 4));
            Assert.IsTrue(talking.Join(Limit.Wait));
            if (Soak.IsOn)
            {
                nodes.Restart(node);
            }
        }

        Assert.IsEmpty(ana.Fence());
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
