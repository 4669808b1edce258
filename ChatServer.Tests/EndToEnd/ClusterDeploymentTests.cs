using System.Text.RegularExpressions;
using NATS.Client.Core;
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
        using var engine = new NatsServer("127.0.0.1", "-V", "-c", Prepare("nats.conf")); // it logs each message
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
        string start = engine.LogUntil(text => UsedSubjects(text).Contains("chat.main.snap"), "the oldest server should have stored a snapshot");
        string[] used = UsedSubjects(start);

        // A notice is about a slow member, and there is none here.
        Rights().Where(right => right != "chat.main.notice" && !used.Any(subject => Covers(right, subject))).MustBe([], "Each right should be needed.");

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
            string log = start + engine.LogUntil(text => Refusals(text).Contains(refused[^1]), "the engine should have refused all that is not allowed");
            Assert.DoesNotContain("Subscription Violation", log);
            Assert.AreSequenceEqual(refused, Refusals(log), "Neither the servers nor their user did anything else that is refused.");
        }
        finally
        {
            connection.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        bea.Send("still there");
        Assert.AreEqual("[Bea] still there", ana.Read());
    }

    [TestMethod]
    public void HAProxy_accepts_its_configuration()
    {
        Needs.Program("haproxy");
        using var check = new ChatProcess("haproxy", Repository.Root, "-c", "-f", HAProxy.ConfigurationFile);

        int code = check.AwaitExit();

        Assert.AreEqual(0, code, check.Error.AwaitEnd());
    }

    /// <summary>What <c>nats.conf</c> allows its user.</summary>
    private static string[] Rights()
    {
        string text = Text("nats.conf");
        text = text[text.IndexOf("permissions", StringComparison.Ordinal)..text.LastIndexOf(']')];
        string[] rights = [.. Right().Matches(text).Select(match => match.Groups[1].Value).Distinct()];
        Assert.IsGreaterThan(8, rights.Length);
        return rights;
    }

    private static bool Covers(string right, string subject) =>
        right.EndsWith('>') ? subject.StartsWith(right[..^1], StringComparison.Ordinal) : subject == right;

    /// <summary>What clients have published to or subscribed to.</summary>
    private static string[] UsedSubjects(string log) => [.. Use().Matches(log).Select(match => match.Groups[1].Value).Distinct()];

    private static string[] Refusals(string log) => [.. Violation().Matches(log).Select(match => match.Groups[1].Value)];

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

    [GeneratedRegex("\"([^\" ]+)\"")]
    private static partial Regex Right();

    [GeneratedRegex(@"<<- \[H?(?:PUB|SUB) (\S+)")]
    private static partial Regex Use();

    [GeneratedRegex("Publish Violation - .*Subject \"([^\"]+)\"")]
    private static partial Regex Violation();
}
