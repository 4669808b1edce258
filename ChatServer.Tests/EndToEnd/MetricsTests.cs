using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Metrics;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/metrics.md: what a server reports about itself over HTTP.</summary>
[TestClass]
public sealed class MetricsTests
{
    private static readonly ServerOptions WithHttp = new() { Http = new IPEndPoint(IPAddress.Loopback, 0) };

    [TestMethod]
    public void The_figures_match_the_events()
    {
        using var server = new TestServer(WithHttp);
        WireClient[] members = server.Gather("room", "Panda", "Alice", "Bob");
        WireClient nameless = server.Connect();
        nameless.SendBytes(WireFrame.Encode("x").AsSpan(0, 50));
        server.AwaitConnections(4);
        double receivedBefore = Value(server, "threadedchat_frames_received_total");
        double deliveredBefore = Value(server, "threadedchat_frames_delivered_total");

        members[0].Send("one", "two", "three");
        members[1].Read(3).MustBe("[Panda] one", "[Panda] two", "[Panda] three");
        members[2].Read(3);

        AwaitValue(server, "threadedchat_connections{state=\"receiving\"}", 3);
        AwaitValue(server, "threadedchat_connections{state=\"unnamed\"}", 1);
        Assert.AreEqual(1, Value(server, "threadedchat_channels"));
        Assert.AreEqual(4, Value(server, "threadedchat_connections_accepted_total"));
        Assert.AreEqual(receivedBefore + 3, Value(server, "threadedchat_frames_received_total"));
        Assert.AreEqual(deliveredBefore + 6, Value(server, "threadedchat_frames_delivered_total"));
        Assert.AreEqual(Value(server, "threadedchat_frames_delivered_total") * WireFrame.Size, Value(server, "threadedchat_sent_bytes_total"));
        Assert.AreEqual(
            (Value(server, "threadedchat_frames_received_total") * WireFrame.Size) + 50, Value(server, "threadedchat_received_bytes_total"));
        Assert.AreEqual(0, Value(server, "threadedchat_queued_bytes"));
        Assert.AreEqual(0, Value(server, "threadedchat_faults_total"));
        Assert.IsGreaterThan(4, Value(server, "threadedchat_threads"));
        Assert.IsGreaterThan(0, Value(server, "threadedchat_sends_total"));
        Assert.IsGreaterThanOrEqualTo(Value(server, "threadedchat_sends_total"), Value(server, "threadedchat_batches_sent_total"));
    }

    [TestMethod]
    public void The_counts_of_a_connection_stay_in_the_sums_after_its_end()
    {
        using var server = new TestServer(WithHttp);
        WireClient panda = server.Enter("Panda");
        WireClient nameless = server.Connect();
        nameless.Send("Bad[name");
        nameless.ReadToEnd();
        nameless.Dispose();
        server.AwaitConnections(1);
        double received = Value(server, "threadedchat_frames_received_total");
        panda.EndSending();
        server.AwaitConnections(0);

        Assert.AreEqual(received, Value(server, "threadedchat_frames_received_total"));
        Assert.AreEqual(1, Value(server, "threadedchat_connections_closed_total{reason=\"peer_closed\"}"));
        Assert.AreEqual(1, Value(server, "threadedchat_connections_closed_total{reason=\"name_refused\"}"));
        Assert.AreEqual(0, Value(server, "threadedchat_connections_closed_total{reason=\"slow_consumer\"}"));
    }

    [TestMethod]
    public void Refused_connections_are_counted_by_the_limit()
    {
        using var server = new TestServer(WithHttp with { MaxConnections = 2, MaxPerAddress = 1 });
        server.Enter("Panda");
        server.Connect().ReadToEnd();
        server.Connect(from: IPAddress.Parse("127.0.0.7")).Introduce("Alice");
        server.Connect(from: IPAddress.Parse("127.0.0.8")).ReadToEnd();

        Assert.AreEqual(1, Value(server, "threadedchat_connections_refused_total{reason=\"address_limit\"}"));
        Assert.AreEqual(1, Value(server, "threadedchat_connections_refused_total{reason=\"server_full\"}"));
        Assert.AreEqual(4, Value(server, "threadedchat_connections_accepted_total"));
    }

    [TestMethod]
    public void A_member_that_does_not_read_shows_in_the_queues_and_in_the_waits()
    {
        using var server = new TestServer(WithHttp with { SendLimits = new SendLimits(64 * 1024, 1024 * 1024, TimeSpan.FromHours(1)) });
        using var deaf = new SlowMember(server);

        AwaitValue(server, "threadedchat_senders_waiting{for=\"slow_member\"}", 1);
        Assert.AreEqual(1, Value(server, "threadedchat_queues_congested"));
        Assert.IsGreaterThan(64 * 1024, Value(server, "threadedchat_queued_largest_bytes"));
        Assert.AreEqual(1, Value(server, "threadedchat_connections{state=\"waiting\"}"));
        Eventually.True(() => Value(server, "threadedchat_senders_longest_wait_seconds") > 0, "the wait should take time");

        deaf.Read();

        AwaitValue(server, "threadedchat_senders_waiting{for=\"slow_member\"}", 0);
        Assert.IsGreaterThan(0, Value(server, "threadedchat_senders_waits_total{for=\"slow_member\"}"));
        Assert.IsGreaterThan(0, Value(server, "threadedchat_senders_waited_seconds_total{for=\"slow_member\"}"));
        Eventually.True(() => Value(server, "threadedchat_receive_to_send_seconds_count") > 0, "some messages should have been measured");
    }

    [TestMethod]
    public void The_figures_of_the_history_count_the_written_messages()
    {
        using var folder = new HistoryFolder();
        using var server = new TestServer(WithHttp with { History = new HistorySettings(folder.File, null, null) });
        WireClient[] members = server.Gather("room", "Panda", "Alice");

        members[0].Send("one", "two");
        members[1].Read(2);

        AwaitValue(server, "threadedchat_history_written_total", 2);
        AwaitValue(server, "threadedchat_history_queued_size_bytes", 0);
        Assert.AreEqual(0, Value(server, "threadedchat_history_missing_total"));
    }

    [TestMethod]
    public void Handshakes_of_TLS_are_counted_by_their_result_and_those_that_run_are_shown()
    {
        using var certificates = new TestCertificates();
        var identity = new TlsIdentity(new TlsFiles(certificates.ServerFile, certificates.ServerKeyFile));
        using var server = new TestServer(WithHttp with { NameTimeout = TimeSpan.FromMinutes(10) }, identity: identity);
        using WireClient panda = TlsTestClient.Connect(server.Port, certificates.AuthorityFile);
        panda.Introduce("Panda");
        WireClient garbage = server.Connect();
        garbage.SendBytes([0x16, 0x03, 0x01, 0x00, 0x04, 0xFF, 0xFF, 0xFF, 0xFF]);
        garbage.ReadToAnyEnd();
        server.Connect().SendBytes([0x16, 0x03, 0x01, 0x02, 0x00]); // a handshake that stalls
        WireClient plain = server.Connect();
        plain.Send("Alice");
        plain.ReadToEnd();

        AwaitValue(server, "threadedchat_tls_handshakes_total{result=\"failed\"}", 1);
        AwaitValue(server, "threadedchat_tls_handshakes_waiting", 1);
        Assert.AreEqual(1, Value(server, "threadedchat_tls_handshakes_total{result=\"completed\"}"));
        AwaitValue(server, "threadedchat_tls_handshakes_running", 1);
    }

    [TestMethod]
    public void The_metrics_of_a_cluster_have_its_servers_and_whether_it_can_be_reached()
    {
        using var cluster = new TestCluster(servers: 2, options => options with { Http = WithHttp.Http });
        WireClient[] members = cluster[0].Gather("room", "Panda");

        Assert.IsEmpty(members[0].Fence());

        Assert.AreEqual(1, Value(cluster[0], "threadedchat_cluster_reachable"));
        Assert.AreEqual(1, Value(cluster[0], "threadedchat_channels"));
        AwaitValue(cluster[1], "threadedchat_channels", 1);
        AwaitValue(cluster[0], "threadedchat_cluster_servers", 2);
        Assert.IsGreaterThan(3, Value(cluster[0], "threadedchat_cluster_position"));
        Assert.AreEqual((200, "ready\n"), Ask(cluster[0], "/readyz"));
    }

    [TestMethod]
    public void A_server_is_healthy_and_ready_until_it_stops()
    {
        using var server = new TestServer(WithHttp with { DrainTimeout = TimeSpan.FromSeconds(20) });
        bool isReachable = true;
        server.Monitoring.Ready.Require("out of reach of its cluster", () => isReachable);
        WireClient panda = server.Gather("room", "Panda")[0];
        Assert.AreEqual((200, "healthy\n"), Ask(server, "/healthz"));
        Assert.AreEqual((200, "ready\n"), Ask(server, "/readyz"));

        isReachable = false;
        Assert.AreEqual((503, "not ready: out of reach of its cluster\n"), Ask(server, "/readyz"));
        isReachable = true;

        WireClient late = server.Connect(receiveBuffer: 4096);
        late.Send("Late", "/join room");
        Assert.AreEqual("Late has joined", panda.Read());
        panda.Send(Enumerable.Range(0, 1000).Select(i => $"message {i}"));
        panda.Fence();

        Task stop = server.BeginStop(); // waits for Late, which has yet to read
        Eventually.True(() => Ask(server, "/readyz") == (503, "not ready: stopping\n"), "the server should not be ready while it stops");
        Assert.AreEqual(200, Ask(server, "/healthz").Status);
        late.Dispose();
        Eventually.Ended(stop, "the server should stop");
    }

    [TestMethod]
    public void Promtool_finds_nothing_wrong_in_the_metrics()
    {
        Needs.Program("promtool");
        using var folder = new HistoryFolder();
        using var server = new TestServer(WithHttp with { History = new HistorySettings(folder.File, null, null) });
        ClusterInstruments.Add(server.Monitoring.Meter, new ClusterFigures()); // without a cluster
        server.Gather("room", "Panda", "Alice");

        using var promtool = new ChatProcess("promtool", Repository.Root, "check", "metrics");
        promtool.Pipe(Page(server));
        promtool.EndInput();

        promtool.MustExit(0);
    }

    private static (int Status, string Body) Ask(TestServer server, string path)
    {
        HttpProbe.Answer answer = HttpProbe.Get(server.Http, path);
        return (answer.Status, answer.Body);
    }

    private static string Page(TestServer server)
    {
        HttpProbe.Answer answer = HttpProbe.Get(server.Http, "/metrics");
        Assert.AreEqual(200, answer.Status);
        Assert.Contains("Content-Type: text/plain; version=0.0.4; charset=utf-8", answer.Head);
        return answer.Body;
    }

    /// <summary>The value of a sample, of a moment that begins now: figures that were read just before count as the present for a moment.</summary>
    private static double Value(TestServer server, string sample)
    {
        long start = Stopwatch.GetTimestamp();
        double value = double.NaN;
        Eventually.True(
            () =>
            {
                value = ValueIn(Page(server), sample);
                return Stopwatch.GetElapsedTime(start) > TimeSpan.FromMilliseconds(150);
            },
            "the figures should be fresh");
        return value;
    }

    private static void AwaitValue(TestServer server, string sample, double value) =>
        Eventually.True(() => ValueIn(Page(server), sample) == value, $"{sample} should be {value}");

    private static double ValueIn(string page, string sample)
    {
        Match match = Regex.Match(page, $@"^{Regex.Escape(sample)} (\S+)$", RegexOptions.Multiline);
        Assert.IsTrue(match.Success, $"There is no {sample} in: {page}");
        return double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }
}
