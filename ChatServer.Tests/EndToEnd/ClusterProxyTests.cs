using System.Net;
using System.Text.RegularExpressions;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/cluster.md: several servers behind one name. All programs are real: the engine, the servers, HAProxy, the client.</summary>
[TestClass]
public sealed partial class ClusterProxyTests : ProgramTests
{
    private static readonly IPAddress Direct = IPAddress.Parse("127.0.0.4"); // not that of the proxy
    private static readonly IPAddress Far = IPAddress.Parse("127.0.0.5");

    [TestMethod]
    public void A_client_behind_HAProxy_moves_on_when_its_server_is_killed_and_when_the_next_one_is_drained_and_stopped()
    {
        Needs.Linux();
        Needs.Program("haproxy");
        using var engine = new NatsServer();
        string[] options =
            ["--cluster", engine.Url, "--server-timeout", "8", "--engine-timeout", "60", "--http", "127.0.0.1:0", "--proxy-from", "127.0.0.1"];
        using LiveServer a = LiveServer.Start(options);
        using LiveServer b = LiveServer.Start(options);
        using LiveServer c = LiveServer.Start(options);
        LiveServer[] servers = [a, b, c];
        using var proxy = new HAProxy([.. servers.Select(server => (server.Port, HttpPort(server)))]);
        WireClient[] watchers = [.. servers.Select((server, i) => Watch(server, i))];
        watchers[0].Read(2).MustBe("W1 has joined", "W2 has joined");
        Assert.AreEqual("W2 has joined", watchers[1].Read());

        Eventually.True(() => Enumerable.Range(0, 3).All(proxy.IsUp), "HAProxy should find all servers ready");

        // The server sees the address of the client, and not that of HAProxy.
        using (WireClient far = WireClient.Connect(proxy.Port, from: Far))
        {
            far.Introduce("Far");
            Assert.Contains($"the client is Far, from {Far}", servers[ServerOf("Far", servers)].Log);
        }

        using ChatProcess bob = RunScript.Start("client", "Bob", "127.0.0.1", RunScript.Text(proxy.Port), "--reconnect");
        bob.Output.MustPrint("[Me] ");
        int killed = ServerOf("Bob", servers);
        bob.Type("/join tea");
        bob.Type("first");
        Array.ForEach(watchers, watcher => watcher.Read(2).MustBe("Bob has joined", "[Bob] first"));

        servers[killed].Kill();
        int[] left = [.. Enumerable.Range(0, 3).Where(i => i != killed)];
        AwaitBackAgain(bob);
        foreach (int i in left)
        {
            AssertHaveCome(watchers[i].Read(3), "Bob has left", "Bob has joined", $"W{killed} has left");
        }

        bob.Type("second");
        Array.ForEach(left, i => Assert.AreEqual("[Bob] second", watchers[i].Read()));
        Eventually.True(() => !proxy.IsUp(killed), "HAProxy should see that the server is not ready");

        int drained = left.Single(i => Joins("Bob", servers[i]) == 1);
        int last = left.Single(i => i != drained);
        proxy.Drain(drained);
        for (int i = 0; i < 3; i++)
        {
            using WireClient next = WireClient.Connect(proxy.Port, from: Far);
            next.Introduce($"Next{i}");
            Assert.AreEqual(last, ServerOf($"Next{i}", servers), "A new client comes to a server that is not drained.");
        }

        bob.Type("third");
        Array.ForEach(left, i => Assert.AreEqual("[Bob] third", watchers[i].Read()));
        servers[drained].Process.Terminate();
        Assert.AreEqual(0, servers[drained].AwaitExit());
        AwaitBackAgain(bob);
        AssertHaveCome(watchers[last].Read(3), "Bob has left", "Bob has joined", $"W{drained} has left");
        bob.Type("fourth");
        Assert.AreEqual("[Bob] fourth", watchers[last].Read());
        Assert.AreEqual(1, Joins("Bob", servers[last]));
    }

    /// <summary>A client that connects to the server itself, in the channel tea.</summary>
    private static WireClient Watch(LiveServer server, int number)
    {
        WireClient watcher = server.Connect(from: Direct);
        watcher.Introduce($"W{number}");
        watcher.Send(number == 0 ? "/create tea" : "/join tea");
        Assert.IsEmpty(watcher.Fence());
        return watcher;
    }

    private static void AwaitBackAgain(ChatProcess client) => client.Output.AwaitSinceLastLook(
        text => text.Contains("Connected again, joining tea.", StringComparison.Ordinal), "the client should be back");

    /// <summary>In any order: which of two servers is first does not matter.</summary>
    private static void AssertHaveCome(string[] seen, params string[] expected) => seen.Order(StringComparer.Ordinal).MustBe(expected.Order(StringComparer.Ordinal));

    private static int ServerOf(string name, LiveServer[] servers)
    {
        int found = -1;
        Eventually.True(() => (found = Array.FindIndex(servers, server => Joins(name, server) > 0)) >= 0, $"a server should have let {name} in");
        return found;
    }

    /// <summary>How often a server has let a client with this name in.</summary>
    private static int Joins(string name, LiveServer server) => Regex.Count(server.Log, $@"Connection \d+: the client is {name},");

    private static int HttpPort(LiveServer server)
    {
        Match match = Match.Empty;
        Eventually.True(() => (match = HttpLine().Match(server.Log)).Success, "the log should name the port of HTTP");
        return int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Live page: http://127\.0\.0\.1:(\d+)/")]
    private static partial Regex HttpLine();
}
