using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/cluster.md: the history of a chat is the same at all of its servers.</summary>
[TestClass]
public sealed class ClusterHistoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-");

    public void Dispose() => _folder.Remove();

    [TestMethod]
    public void A_server_that_was_away_has_what_was_said_meanwhile_once_and_in_order()
    {
        using var cluster = new TestCluster(servers: 0);
        cluster.AddServer(Options(0));
        cluster.AddServer(Options(1));
        WireClient ana = Enter(cluster[0], "Ana", "/create tea", "one", "two");
        WireClient bea = Enter(cluster[1], "Bea", "/join tea", "three");
        ana.Read(2).MustBe("Bea has joined", "[Bea] three");

        for (int round = 0; round < 2; round++)
        {
            cluster.Stop(1);
            Assert.EndsWith(" has left", ana.Read());
            ana.Send($"{round}: while it is away", "/create coffee", "/join coffee", $"{round}: in another channel", "/join tea", $"{round}: and again");
            ana.Fence();
            cluster.AddServer(Options(1));
            bea = Enter(cluster[1], $"Bea{round}", "/join tea", $"{round}: back");
            ana.Read(2).MustBe($"Bea{round} has joined", $"[Bea{round}] {round}: back");
        }

        string[] there = History(bea);
        Assert.AreSequenceEqual(
            ["[Ana] one", "[Ana] two", "[Bea] three", "[Ana] 0: while it is away", "[Ana] 0: and again", "[Bea0] 0: back", "[Ana] 1: while it is away", "[Ana] 1: and again", "[Bea1] 1: back"],
            there.Select(line => line[line.IndexOf('[', StringComparison.Ordinal)..]));
        Assert.AreSequenceEqual(History(ana), there, "with the same times");
        ana.Send("/join coffee");
        bea.Send("/join coffee");
        bea.Fence();
        Assert.HasCount(2, History(bea));
        ana.Fence();
        Assert.AreSequenceEqual(History(ana), History(bea));
    }

    [TestMethod]
    public void The_file_continues_if_the_log_is_another_one()
    {
        using var cluster = new TestCluster(servers: 0);
        cluster.AddServer(Options(0));
        WireClient ana = Enter(cluster[0], "Ana", "/create tea", "before");
        cluster.Engine.Kill();
        cluster.Engine.WipeStore();
        cluster.Engine.Restart();
        ana.ReadToEnd();

        WireClient? back = null;
        Eventually.True(
            () =>
            {
                back = cluster[0].Connect();
                back.Send("Back", "/nope");
                return back.ReadFrame() is byte[] frame && WireFrame.Decode(frame).StartsWith("/nope", StringComparison.Ordinal);
            },
            "the chat should be there again");
        back!.Send("/create tea", "after");

        Assert.AreSequenceEqual(["[Ana] before", "[Back] after"], History(back).Select(line => line[line.IndexOf('[', StringComparison.Ordinal)..]));
    }

    [TestMethod]
    public void A_place_comes_back_from_the_file_with_the_messages_before_it()
    {
        string file = Path.Combine(_folder.FullName, "place");
        var place = new RecordPlace(At: 1_000, Position: 7, Stamp: 8, Sum: 9, Index: 2);
        using (var history = new ChatHistory(new HistorySettings(file)))
        {
            Assert.IsNull(history.Place);
            history.Start(new FaultLog(), new Faults(new FaultLog()));
            history.Open("tea").Append(WireFrame.Encode("[Ana] hello"), place);
            history.End(Limit.Wait);
        }

        using var again = new ChatHistory(new HistorySettings(file));
        Assert.AreEqual(place, again.Place);
    }

    private static WireClient Enter(TestServer server, string name, params string[] texts)
    {
        WireClient client = server.Enter(name);
        client.Send(texts);
        client.Fence();
        return client;
    }

    private static string[] History(WireClient client)
    {
        client.Send("/history");
        return client.Fence();
    }

    private Func<ServerOptions, ServerOptions> Options(int server) => options => options with
    {
        Extended = true,
        History = new HistorySettings(Path.Combine(_folder.FullName, $"history-{server}")),
    };
}
