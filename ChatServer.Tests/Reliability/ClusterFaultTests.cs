using System.Net;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/cluster.md: the engine fails, is stopped, loses its store.</summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class ClusterFaultTests
{
    private const string Unreachable = "The chat cannot be reached. Please try again later.";

    [TestMethod]
    public void If_the_engine_is_killed_and_returns_nothing_is_lost_or_doubled()
    {
        using var cluster = new TestCluster(servers: 2);
        (WireClient ana, WireClient bea) = Meet(cluster);
        const int Messages = 400;
        int rounds = Soak.Size(1, 5);

        for (int round = 0; round < rounds; round++)
        {
            var talking = new Thread(() => Talk(ana, round, Messages));
            talking.Start();
            bea.Read(Messages / 4).MustBe(Expected(round, Messages).Take(Messages / 4));
            cluster.Engine.Kill();
            cluster.Engine.Restart();

            bea.Read(Messages - (Messages / 4)).MustBe(Expected(round, Messages).Skip(Messages / 4));
            Assert.IsTrue(talking.Join(Limit.Wait));
            Assert.IsEmpty(ana.Fence());
        }
    }

    [TestMethod]
    public void The_engine_stands_still_for_a_while_and_nothing_is_lost_or_doubled()
    {
        using var cluster = new TestCluster(servers: 2);
        (WireClient ana, WireClient bea) = Meet(cluster);
        const int Messages = 400;
        var talking = new Thread(() => Talk(ana, 0, Messages));
        talking.Start();

        cluster.Engine.Pause(TimeSpan.FromSeconds(Soak.Size(3.0, 8.0)));

        bea.Read(Messages).MustBe(Expected(0, Messages));
        Assert.IsTrue(talking.Join(Limit.Wait));
        Assert.IsEmpty(ana.Fence());
    }

    [TestMethod]
    public void The_server_tells_its_clients_if_the_engine_stays_away_and_joins_again_later()
    {
        using var cluster = new TestCluster(servers: 1, options => options with { Http = new IPEndPoint(IPAddress.Loopback, 0) }, engineTimeout: TimeSpan.FromSeconds(6));
        WireClient ana = cluster[0].Enter("Ana");
        ana.Send("/create tea");
        ana.Fence();

        cluster.Engine.Kill();
        ana.Send("is anybody there?", "/create coffee");
        ana.ReadToEnd().MustBe(Unreachable);
        WireClient late = cluster[0].Connect();
        late.Send("Late");
        late.ReadToEnd().MustBe(Unreachable);
        Assert.AreEqual("not ready: out of reach of its cluster\n", HttpProbe.Get(cluster[0].Http, "/readyz").Body);

        cluster.Engine.Restart();
        WireClient? back = null;
        Eventually.True(
            () =>
            {
                back = cluster[0].Connect();
                back.Send("Back", "/join tea", "/who-knows");
                return back.Read() != Unreachable;
            },
            "the chat should be there again");
        back!.Send("/list");
        Assert.AreEqual("tea", back.Read());
        Eventually.True(() => HttpProbe.Get(cluster[0].Http, "/readyz").Body == "ready\n", "the server should be ready again");
    }

    [TestMethod]
    public void A_store_that_was_wiped_is_another_log_and_all_servers_start_anew()
    {
        using var cluster = new TestCluster(servers: 2);
        (WireClient ana, WireClient bea) = Meet(cluster);

        cluster.Engine.Kill();
        cluster.Engine.WipeStore();
        cluster.Engine.Restart();

        ana.ReadToEnd().MustBe(Unreachable);
        bea.ReadToEnd().MustBe(Unreachable);
        WireClient[] back = [.. Enumerable.Range(0, 2).Select(i => EnterAgain(cluster[i], $"Back{i}"))];
        back[0].Send("/create tea");
        back[0].Fence();
        back[1].Send("/join tea", "hello");
        back[0].Read(2).MustBe("Back1 has joined", "[Back1] hello");
    }

    [TestMethod]
    public void A_log_that_was_set_back_is_another_log_and_all_servers_start_anew()
    {
        using var cluster = new TestCluster(servers: 2);
        (WireClient ana, WireClient bea) = Meet(cluster);
        cluster.Engine.Kill();
        cluster.Engine.SaveStore();
        cluster.Engine.Restart();
        ana.Send("only one log has this", "/create coffee");
        bea.Read(2).MustBe("[Ana] only one log has this", "Ana has left");

        cluster.Engine.Kill();
        cluster.Engine.SetStoreBack();
        cluster.Engine.Restart();

        ana.ReadToEnd().MustBe(Unreachable);
        bea.ReadToEnd().MustBe(Unreachable);
        WireClient[] back = [.. Enumerable.Range(0, 2).Select(i => EnterAgain(cluster[i], $"Back{i}"))];
        foreach (WireClient client in back)
        {
            client.Send("/join coffee");
            Assert.AreEqual("No channel named coffee exists. Try '/create coffee'?", client.Read());
            client.Send("/join tea");
            client.Fence();
        }
    }

    private static WireClient EnterAgain(TestServer server, string name)
    {
        WireClient? client = null;
        Eventually.True(
            () =>
            {
                client = server.Connect();
                client.Send(name, "/nope");
                return client.Read() != Unreachable;
            },
            "the chat should be there again");
        return client!;
    }

    private static (WireClient Ana, WireClient Bea) Meet(TestCluster cluster)
    {
        WireClient ana = cluster[0].Enter("Ana");
        ana.Send("/create tea");
        ana.Fence();
        WireClient bea = cluster[1].Enter("Bea");
        bea.Send("/join tea");
        bea.Fence();
        Assert.AreEqual("Bea has joined", ana.Read());
        return (ana, bea);
    }

    /// <summary>Small runs with a question behind each: the talker waits for the log all the time.</summary>
    private static void Talk(WireClient talker, int round, int messages)
    {
        for (int i = 0; i < messages; i++)
        {
            talker.Send($"{round} {i}", "");
        }
    }

    private static IEnumerable<string> Expected(int round, int messages) => Enumerable.Range(0, messages).Select(i => $"[Ana] {round} {i}");
}
