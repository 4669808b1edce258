using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>
/// A server with many parts and few files or threads: it does not start, which it reports in one line, or it serves and stops gracefully. The
/// runtime never aborts it.
/// </summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class FewResourcesTests : ProgramTests
{
    private const string TooFewThreads = "Cannot start: the machine does not have enough threads (ulimit -u, or pids.max of the control group) "
        + "or not enough memory (ulimit -v, or memory.max of the control group).\n";

    [TestMethod]
    [DataRow(128, 196, true, true)]
    [DataRow(150, 196, true, true)]
    [DataRow(195, 196, true, true)]
    [DataRow(150, 160, true, false)]
    [DataRow(139, 140, false, true)]
    public void With_too_few_files_for_its_parts_the_server_does_not_start(int files, int needed, bool hasHistory, bool hasPorts)
    {
        Needs.Linux();
        using var parts = new Parts(hasHistory, hasPorts, hasTls: hasHistory && hasPorts, hasControl: hasHistory && hasPorts);

        using ChatProcess server = Start($"ulimit -n {files}", parts);

        server.MustExit(1, "", $"Cannot start: with these options the server needs {needed} open files, and {files} are allowed (ulimit -n).\n");
    }

    [TestMethod]
    [DataRow(196)]
    [DataRow(220)]
    [DataRow(300)]
    public void With_few_files_a_server_with_many_parts_serves_under_load(int files)
    {
        Needs.Linux();
        using var parts = new Parts();
        using LiveServer server = LiveServer.StartUnder($"ulimit -n {files}; exec \"$@\"", parts.Options);

        Load(server, parts);
    }

    [TestMethod]
    [DataRow(160)]
    public void With_few_files_a_server_with_a_history_serves_under_load(int files)
    {
        Needs.Linux();
        using var parts = new Parts(hasHttp: false, hasTls: false, hasControl: false);
        using LiveServer server = LiveServer.StartUnder($"ulimit -n {files}; exec \"$@\"", parts.Options);

        Load(server, parts);
    }

    [TestMethod]
    [DataRow(22)]
    [DataRow(28)]
    [DataRow(40)]
    public void With_too_few_threads_for_its_parts_the_server_does_not_start(int threads)
    {
        Needs.Linux();
        using var group = new ControlGroup();
        using var parts = new Parts();
        group.Limit("pids.max", threads);

        using ChatProcess server = Start($"echo $$ >'{group.Folder}/cgroup.procs'", parts);

        server.MustExit(1, "", TooFewThreads);
    }

    [TestMethod]
    [DataRow(80)]
    [DataRow(120)]
    public void With_few_threads_a_server_with_many_parts_serves_under_load(int threads)
    {
        Needs.Linux();
        using var group = new ControlGroup();
        group.Limit("pids.max", threads);
        using var parts = new Parts();
        using LiveServer server = LiveServer.StartUnder($"echo $$ >'{group.Folder}/cgroup.procs'; exec \"$@\"", parts.Options);

        Load(server, parts);
    }

    [TestMethod]
    public void A_history_lives_without_a_thread_to_spare()
    {
        Needs.Linux();
        using var group = new ControlGroup();
        using var parts = new Parts(hasHttp: false, hasTls: false, hasControl: false);
        using LiveServer server = LiveServer.StartUnder($"echo $$ >'{group.Folder}/cgroup.procs'; exec \"$@\"", parts.Options);
        WireClient panda = server.Enter("Panda");

        group.Limit("pids.max", server.Figures.Threads);

        Assert.IsFalse(server.Process.HasExitedWithin(TimeSpan.FromSeconds(3)), server.Log); // its watch looks once a second
        Assert.IsEmpty(panda.Fence());
        Stop(server);
    }

    private static ChatProcess Start(string limit, Parts parts) =>
        RunScript.StartBash($"{limit}; exec \"$@\"", ["./run.sh", "server", "0", .. parts.Options]);

    /// <summary>Many more clients than the server can serve, of each kind. The first one is served all the time.</summary>
    private static void Load(LiveServer server, Parts parts)
    {
        WireClient first = server.Enter("First");
        for (int round = 0; round < 3; round++)
        {
            WireClient[] clients = [.. Enumerable.Range(0, 150).Select(_ => server.Connect())];
            Socket[] others = [.. Enumerable.Range(0, 40).SelectMany(_ => parts.Ports.Select(Connect))];
            foreach (WireClient client in clients)
            {
                Ask(client);
            }

            first.Send("/search hello");
            Assert.IsFalse(server.Process.HasExitedWithin(TimeSpan.FromSeconds(1)), server.Log);
            first.Fence();
            Array.ForEach(clients, client => client.Dispose());
            Array.ForEach(others, other => other.Dispose());
        }

        Stop(server);
    }

    private static void Stop(LiveServer server)
    {
        server.Process.Terminate();
        Assert.AreEqual(0, server.AwaitExit(), server.Log);
    }

    private static Socket Connect(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { SendTimeout = (int)Limit.Wait.TotalMilliseconds };
        socket.Connect(IPAddress.Loopback, port);
        try
        {
            socket.Send(Encoding.ASCII.GetBytes("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        }
        catch (SocketException)
        {
            // Closed already.
        }

        return socket;
    }

    private static void Ask(WireClient client)
    {
        try
        {
            client.Send("Somebody", "/create room", "/join room", "hello", "/search hello");
        }
        catch (SocketException)
        {
            // Rejected.
        }
    }

    /// <summary>The options of the parts, and their files and ports.</summary>
    private sealed class Parts : IDisposable
    {
        private readonly TestCertificates _certificates = new();
        private readonly HistoryFolder _folder = new();

        public Parts(bool hasHistory = true, bool hasHttp = true, bool hasTls = true, bool hasControl = true)
        {
            if (hasHistory)
            {
                Options.AddRange("--history", _folder.File, "--extended");
            }

            if (hasHttp)
            {
                Options.AddRange("--http", Port());
            }

            if (hasTls)
            {
                Options.AddRange("--tls-port", Port(), "--tls-cert", _certificates.ServerFile, "--tls-key", _certificates.ServerKeyFile);
            }

            if (hasControl)
            {
                Options.AddRange("--control", Path.Combine(_folder.Path, "control"));
            }
        }

        public List<string> Options { get; } = [];

        public List<int> Ports { get; } = [];

        public void Dispose()
        {
            _certificates.Dispose();
            _folder.Dispose();
        }

        private string Port()
        {
            using var held = new HeldPort();
            Ports.Add(held.Number);
            return held.Number.ToString(CultureInfo.InvariantCulture);
        }
    }
}
