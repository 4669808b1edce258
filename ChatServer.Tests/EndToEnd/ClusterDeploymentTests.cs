using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using NATS.Client.Core;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The files in <c>deploy/cluster/</c> are what the programs take that they are for, and do what docs/cluster.md says.</summary>
[TestClass]
public sealed partial class ClusterDeploymentTests : IDisposable
{
    private const string Password = "p0123456789";

    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [TestMethod]
    [DataRow("nats.conf")]
    [DataRow("three-nodes.conf")]
    public void Nats_server_accepts_its_configuration(string file)
    {
        Needs.Program("nats-server");
        Prepare("nats.conf");
        using var check = new ChatProcess("nats-server", Repository.Root, "-t", "-c", Prepare(file));

        int code = check.AwaitExit();

        Assert.AreEqual(0, code, check.Error.AwaitEnd());
    }

    [TestMethod]
    public void Systemd_accepts_the_unit_of_a_server()
    {
        Needs.Program("systemd-analyze");
        string folder = Path.Combine(_certificates.PathOf("units"), "threadedchat.service.d");
        Directory.CreateDirectory(folder);
        string unit = Path.Combine(Path.GetDirectoryName(folder)!, "threadedchat.service");
        foreach ((string from, string to) in ((string, string)[])[("../threadedchat.service", unit), ("cluster.conf", Path.Combine(folder, "cluster.conf"))])
        {
            File.WriteAllText(to, Text(from).Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal));
        }

        using var check = new ChatProcess("systemd-analyze", Repository.Root, "verify", unit);

        int code = check.AwaitExit();
        string[] about = [.. check.Error.AwaitEnd().Split('\n').Where(line => line.Contains("threadedchat", StringComparison.Ordinal))];
        Assert.IsEmpty(about, "It warns, with exit code 0, of what it does not know.");
        Assert.AreEqual(0, code);
    }

    [TestMethod]
    public void The_one_user_of_the_engine_has_the_rights_that_servers_need_and_no_others()
    {
        Needs.Program("nats-server");
        using var engine = new NatsServer("127.0.0.1", "-c", Prepare("nats.conf"));
        string user = _certificates.PathOf("user");
        File.WriteAllLines(user, ["chat", Password]);
        var target = new ClusterTarget($"tls://127.0.0.1:{engine.Port}", "main")
        {
            CertificateAuthority = _certificates.AuthorityFile,
            Credentials = user,
            ServerTimeout = TimeSpan.FromMinutes(2),
            EngineTimeout = TimeSpan.FromMinutes(2),
        };
        using var first = new TestServer(new ServerOptions { Cluster = target });
        using var second = new TestServer(new ServerOptions { Cluster = target });
        WireClient ana = first.Enter("Ana");
        ana.Send("/create tea");
        ana.Fence();
        WireClient bea = second.Enter("Bea");
        bea.Send("/join tea", "hello");
        ana.Read(2).MustBe("Bea has joined", "[Bea] hello");

        var connection = new NatsConnection(NatsOpts.Default with
        {
            Url = target.Urls,
            AuthOpts = new NatsAuthOpts { Username = "chat", Password = Password },
            TlsOpts = new NatsTlsOpts { CaFile = _certificates.AuthorityFile, Mode = TlsMode.Require },
        });
        try
        {
            string[] allowed = ["$JS.API.STREAM.INFO.CHAT_main", "$JS.API.STREAM.INFO.SNAP_main"];
            string[] refused = ["$JS.API.STREAM.DELETE.CHAT_main", "$JS.API.STREAM.PURGE.CHAT_main", "$JS.API.STREAM.CREATE.OTHER", "chat.other.log"];
            foreach (string subject in (string[])[.. allowed, .. refused])
            {
                connection.PublishAsync(subject, "{}").AsTask().GetAwaiter().GetResult();
            }

            connection.PingAsync().AsTask().GetAwaiter().GetResult();
            string log = engine.LogUntil(text => text.Contains(refused[^1], StringComparison.Ordinal), "the engine should have refused all that is not allowed");
            Assert.DoesNotContain("Subscription Violation", log);
            Assert.AreSequenceEqual(refused, Violation().Matches(log).Select(match => match.Groups[1].Value), "Neither the servers nor their user did anything else that is refused.");
        }
        finally
        {
            connection.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        bea.Send("still there");
        Assert.AreEqual("[Bea] still there", ana.Read());
    }

    [TestMethod]
    public void HAProxy_sends_clients_to_servers_that_are_ready_and_tells_them_the_addresses()
    {
        Needs.Program("nats-server");
        Needs.Program("haproxy");
        using var cluster = new TestCluster(servers: 2, options => options with
        {
            Listen = new() { Proxies = [IPNetwork.Parse("127.0.0.1/32")] },
            Http = new IPEndPoint(IPAddress.Loopback, 0),
        });
        int port = FreePort.Next();
        string text = Text("haproxy.cfg").Replace("bind :55555", $"bind 127.0.0.1:{port}", StringComparison.Ordinal).Replace(" port 9464", "", StringComparison.Ordinal).Replace("maxconn 50000", "maxconn 100", StringComparison.Ordinal);
        for (int i = 0; i < 2; i++)
        {
            text = text.Replace($"server {"ab"[i]} {"ab"[i]}.example:55555", $"server {"ab"[i]} 127.0.0.1:{cluster[i].Port} port {cluster[i].Http.Port}", StringComparison.Ordinal);
        }

        string file = _certificates.PathOf("haproxy.cfg");
        File.WriteAllText(file, text.Replace("    server c c.example:55555\n", "", StringComparison.Ordinal));
        using var check = new ChatProcess("haproxy", Repository.Root, "-c", "-f", file);
        Assert.AreEqual(0, check.AwaitExit(), check.Error.AwaitEnd());
        using var proxy = new ChatProcess("haproxy", Repository.Root, "-db", "-f", file);

        WireClient.ConnectWhenItListens(port).Dispose();
        using WireClient ana = EnterBehind(port, "Ana");
        ana.Send("/create tea");
        ana.Fence();
        using WireClient bea = EnterBehind(port, "Bea");
        bea.Send("/join tea");
        bea.Fence();
        Assert.AreEqual("Bea has joined", ana.Read());
        cluster[0].AwaitConnections(1);
        cluster[1].AwaitConnections(1);

        cluster.Stop(0);
        // One of the two was on the server that has stopped, and the other one sees it leave.
        (string gone, WireClient left, byte[]? frame) = ana.ReadFrame() is byte[] seen ? ("Bea", ana, seen) : ("Ana", bea, bea.ReadFrame());
        Assert.AreEqual($"{gone} has left", WireFrame.Decode(frame!));
        using WireClient again = EnterBehind(port, gone);
        again.Send("/join tea");
        again.Fence();
        Assert.AreEqual($"{gone} has joined", left.Read());
    }

    /// <summary>Until HAProxy has found the server that is ready, it may end connections at once.</summary>
    private static WireClient EnterBehind(int port, string name)
    {
        WireClient? client = null;
        Eventually.True(
            () =>
            {
                try
                {
                    client = WireClient.Connect(port);
                    client.Introduce(name);
                    return true;
                }
                catch (Exception e) when (e is AssertFailedException or SocketException)
                {
                    client?.Dispose();
                    return false;
                }
            },
            "a server should be reached behind HAProxy");
        return client!;
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, "deploy", "cluster", file));

    /// <summary>A copy with files and ports that are there.</summary>
    private string Prepare(string file)
    {
        string path = _certificates.PathOf(file);
        File.WriteAllText(path, Text(file)
            .Replace("/etc/nats/ca.pem", _certificates.AuthorityFile, StringComparison.Ordinal)
            .Replace("/etc/nats/server.pem", _certificates.ServerFile, StringComparison.Ordinal)
            .Replace("/etc/nats/server.key", _certificates.ServerKeyFile, StringComparison.Ordinal)
            .Replace("    store_dir: /var/lib/nats\n", "", StringComparison.Ordinal) // the command line says where
            .Replace("$CHAT_PASSWORD", Password, StringComparison.Ordinal)
            .Replace("http: 127.0.0.1:8222", "http: 127.0.0.1:-1", StringComparison.Ordinal));
        return path;
    }

    [GeneratedRegex("Publish Violation - .*Subject \"([^\"]+)\"")]
    private static partial Regex Violation();
}
