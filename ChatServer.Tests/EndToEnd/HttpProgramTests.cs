using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The server as a program, with <c>--http</c>; and the signal that asks for its counts.</summary>
[TestClass]
[TestCategory(NativePrograms.Category)]
public sealed partial class HttpProgramTests : ProgramTests
{
    [TestMethod]
    public void The_log_says_where_the_live_page_is_and_all_parts_are_there()
    {
        using LiveServer server = LiveServer.Start("--http", "0");
        IPEndPoint address = AwaitHttp(server);

        Assert.AreEqual(IPAddress.Loopback, address.Address);
        Assert.Contains("threadedchat_connections", HttpProbe.Get(address, "/metrics").Body);
        Assert.AreEqual("ready\n", HttpProbe.Get(address, "/readyz").Body);
        HttpProbe.Answer page = HttpProbe.Get(address, "/");
        Assert.AreEqual(200, page.Status);
        foreach (Match file in File().Matches(page.Body))
        {
            Assert.AreEqual(200, HttpProbe.Get(address, file.Groups[1].Value).Status, file.Value);
        }

        server.Process.Terminate();
        Assert.AreEqual(0, server.AwaitExit());
    }

    [TestMethod]
    public void Without_the_option_the_server_listens_on_one_port_and_has_no_thread_for_http()
    {
        Needs.Linux();
        using LiveServer server = LiveServer.Start();
        server.Enter("Panda");

        IEnumerable<string> names = Directory.EnumerateDirectories($"/proc/{server.Process.Id}/task")
            .Select(task => System.IO.File.ReadAllText(Path.Combine(task, "comm")).Trim());

        Assert.Contains("accept", names);
        Assert.DoesNotContain("http", names);
        Assert.DoesNotContain("/metrics", server.Log);
    }

    [TestMethod]
    public void An_address_that_cannot_be_used_is_one_line_and_exit_code_1()
    {
        using LiveServer first = LiveServer.Start("--http", "0");
        string taken = AwaitHttp(first).ToString();

        using ChatProcess second = RunScript.Start("server", "0", "--http", taken);

        second.MustExit(1, error: $"Cannot listen on {taken} for --http: it is in use already.\n");
    }

    [TestMethod]
    public void The_files_of_the_port_are_kept_back()
    {
        Needs.Linux();
        using LiveServer server = LiveServer.StartUnder("ulimit -n 300; exec \"$@\"", "--http", "0");

        Assert.Contains("for at most 66 clients (the limit of 300 open files)", server.Log);
    }

    [TestMethod]
    public void SIGUSR1_logs_the_current_counts_and_the_server_continues()
    {
        Needs.Linux();
        using LiveServer server = LiveServer.Start();
        server.Gather("room", "Panda", "Alice");

        using (Process kill = Process.Start("kill", ["-USR1", server.Process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        Eventually.True(() => server.Log.Contains("Counts: 2 connections, 1 channels; 2 accepted, 0 rejected, 0 closed;", StringComparison.Ordinal), "the counts should be logged");
        server.Enter("Bob");
    }

    [TestMethod]
    public void At_level_debug_the_log_shows_when_a_sender_waits_and_continues()
    {
        using LiveServer server = LiveServer.Start("--log-level", "debug", "--soft-limit", "65536", "--slow-timeout", "3600");
        using var slow = new SlowMember(server);
        Eventually.True(() => server.Log.Contains("Connection 2 waits for SlowMember; slow connection: 1 (0: none)", StringComparison.Ordinal), "the sender should pause");

        slow.Read();

        Eventually.True(() => server.Log.Contains("Connection 2 continues: it waited for SlowMember, ", StringComparison.Ordinal), "the sender should resume");
    }

    internal static IPEndPoint AwaitHttp(LiveServer server)
    {
        Match? match = null;
        Eventually.True(() => (match = Address().Match(server.Log)).Success, "the log should say where the live page is");
        return IPEndPoint.Parse(match!.Groups[1].Value);
    }

    [GeneratedRegex("Live page: http://([^/]+)/")]
    private static partial Regex Address();

    [GeneratedRegex("(?:href|src)=\"(/[^\"]+)\"")]
    private static partial Regex File();
}
