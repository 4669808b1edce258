using System.Diagnostics;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/cluster.md: what holds within one server holds over several that form one chat.</summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class ClusterTests(TestContext context)
{
    [TestMethod]
    [DoNotParallelize] // has both processors to itself
    public void Each_message_reaches_each_member_once_in_one_order_on_whichever_server_it_is()
    {
        TimeSpan duration = Soak.Duration(briefSeconds: 1, shareOfMinutes: 0.2);
        using var cluster = new TestCluster(Soak.Size(2, 3), options => options with
        {
            // Nobody here is slow for any other reason than a busy machine.
            SendLimits = new SendLimits(256 * 1024, 64 * 1024 * 1024, SlowTimeout: Limit.Wait),
        });
        var crowd = new MovingCrowd(cluster.Ports, Soak.Seed);

        var clock = Stopwatch.StartNew();
        do
        {
            crowd.Round();
        }
        while (clock.Elapsed < duration);

        context.WriteLine($"Seed {Soak.Seed}: {crowd}, all right, in {Figures.Time(clock.Elapsed)}");
    }

    [TestMethod]
    public void A_channel_is_created_once_however_many_ask_at_once()
    {
        using var cluster = new TestCluster(servers: 2);
        WireClient[] clients = [.. Enumerable.Range(0, 6).Select(i => cluster[i % 2].Enter($"C{i}"))];
        for (int round = 0; round < 5; round++)
        {
            var answers = new string[clients.Length][];
            Together.Run(clients.Select<WireClient, Action>((client, i) => () =>
            {
                client.Send($"/create room-{round}");
                answers[i] = client.Fence();
            }));

            Assert.HasCount(1, answers.Where(answer => answer.Length == 0));
            Assert.HasCount(5, answers.Where(answer => answer is [var text] && text == $"Room room-{round} already exists, so cannot be created."));
        }

        clients[1].Send("/list");
        clients[1].Fence().MustBe(string.Join('\n', Enumerable.Range(0, 5).Select(i => $"room-{i}")));
    }

    [TestMethod]
    public void Names_the_who_command_and_messages_to_one_person_work_over_all_servers()
    {
        using var cluster = new TestCluster(servers: 2, options => options with { Extended = true });
        WireClient ana = cluster[0].Connect();
        ana.Send("Ana", "/create tea");
        ana.Send("/who");
        Assert.AreEqual("Ana", ana.Read());

        WireClient other = cluster[1].Connect();
        other.Send("ANA");
        Assert.AreEqual("The name ANA is already in use.", other.Read());
        Assert.IsEmpty(other.ReadToEnd());

        WireClient bea = cluster[1].Connect();
        bea.Send("Bea", "/join tea", "/who", "/msg Ana hello", "/msg Cid hello");
        Assert.AreEqual("Ana\nBea", bea.Read());
        Assert.AreEqual("Nobody named Cid is here.", bea.Read());
        ana.Read(2).MustBe("Bea has joined", "[[Bea]] hello");

        ana.EndSending();
        ana.ReadToEnd();
        Assert.AreEqual("Ana has left", bea.Read());
        WireClient again = cluster[1].Connect();
        again.Send("Ana", "/who tea");
        Assert.AreEqual("Bea", again.Read());
    }

    [TestMethod]
    public void A_server_that_stops_takes_its_members_along_and_a_new_one_knows_all_channels()
    {
        using var cluster = new TestCluster(servers: 2);
        WireClient ana = cluster[0].Enter("Ana");
        ana.Send("/create tea");
        ana.Fence();
        WireClient bea = cluster[1].Enter("Bea");
        bea.Send("/join tea", "hello");
        bea.Fence();
        ana.Read(2).MustBe("Bea has joined", "[Bea] hello");

        cluster.Stop(1);
        Assert.AreEqual("Bea has left", ana.Read());

        WireClient cid = cluster.AddServer().Enter("Cid");
        cid.Send("/list");
        Assert.AreEqual("tea", cid.Read());
        cid.Send("/join tea", "and here");
        ana.Read(2).MustBe("Cid has joined", "[Cid] and here");
    }

    [TestMethod]
    public void A_server_that_stops_says_so_also_where_a_client_does_not_close()
    {
        using var cluster = new TestCluster(servers: 2, options => options with { DrainTimeout = TimeSpan.FromMilliseconds(200) });
        WireClient ana = cluster[0].Enter("Ana");
        ana.Send("/create tea");
        ana.Fence();
        WireClient bea = cluster[1].Enter("Bea");
        bea.Send("/join tea");
        bea.Fence();
        Assert.AreEqual("Bea has joined", ana.Read());

        Eventually.Ended(cluster[1].BeginStop(), "the server should have stopped");

        Assert.AreEqual("Bea has left", ana.Read(), "Long before the server timeout.");
    }

    [TestMethod]
    public void A_server_stops_in_bounded_time_also_where_the_engine_is_away()
    {
        using var cluster = new TestCluster(servers: 1, options => options with { DrainTimeout = TimeSpan.FromMilliseconds(200) });
        WireClient ana = cluster[0].Enter("Ana");
        cluster.Engine.Kill();
        ana.Send("/create tea"); // its reader waits for the log

        Eventually.Ended(cluster[0].BeginStop(), "the server should have stopped");
    }

    [TestMethod]
    public void All_servers_stopped_and_one_started_again_has_the_channels()
    {
        using var cluster = new TestCluster(servers: 2);
        WireClient ana = cluster[0].Enter("Ana");
        ana.Send("/create tea");
        ana.Fence();
        cluster.Stop(0);
        cluster.Stop(0);

        WireClient bea = cluster.AddServer().Enter("Bea");
        bea.Send("/list");

        Assert.AreEqual("tea", bea.Read());
    }

    [TestMethod]
    public void A_server_with_other_settings_does_not_start()
    {
        using var cluster = new TestCluster(servers: 1);

        EngineException refused = Assert.ThrowsExactly<EngineException>(
            () =>
            {
                using var server = new Server(
                    ListenSocket.Open(0),
                    new ServerOptions { Cluster = new ClusterTarget(cluster.Engine.Url, "test") { ServerTimeout = TimeSpan.FromMinutes(2) }, MaxChannels = 7 },
                    new FaultLog());
                server.Start();
            });

        Assert.AreEqual("the other servers have other settings: --max-channels is '10000' there and '7' here", refused.Message);
    }

    [TestMethod]
    public void A_sender_waits_for_a_member_on_another_server_that_does_not_read_and_that_member_is_disconnected()
    {
        using var cluster = new TestCluster(servers: 2, options => options with
        {
            // The time is long for the one that reads on a busy machine.
            SendLimits = new SendLimits(64 * 1024, 8 * 1024 * 1024, TimeSpan.FromSeconds(3)),
            SendBufferBytes = 4_096,
        });
        WireClient slow = cluster[0].Connect(receiveBuffer: 4_096);
        slow.Introduce("Slow");
        slow.Send("/create tea");
        slow.Fence();
        WireClient good = cluster[0].Enter("Good");
        good.Send("/join tea");
        good.Fence();
        WireClient talker = cluster[1].Enter("Talker");
        talker.Send("/join tea");
        talker.Fence();
        Assert.AreEqual("Talker has joined", good.Read());

        // 20 MB: many times what the queue of the slow one may have, so the talker can only come to its end if it waits.
        const int Runs = 100;
        const int RunLength = 1_000;
        var reading = new Thread(() => good.ReadUntil("[Talker] that is all"));
        reading.Start();
        for (int run = 0; run < Runs; run++)
        {
            talker.Send(Enumerable.Range(0, RunLength).Select(i => $"{run} {i}"));
        }

        talker.Send("that is all");
        string[] seen = talker.Fence();
        Assert.IsTrue(reading.Join(Limit.Wait), "The member that reads should have got everything.");
        Eventually.True(() => slow.HasEnded(TimeSpan.FromMilliseconds(10)), "the member that does not read should be cut off");
        cluster[0].AwaitConnections(1);
        string[] all = [.. seen, .. talker.Fence()];
        all.MustBe("Slow has left");
    }
}
