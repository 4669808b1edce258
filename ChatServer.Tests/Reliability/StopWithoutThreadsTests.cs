using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>A server without further threads stops gracefully; a server that lacks a resource reports it and does not start.</summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class StopWithoutThreadsTests : ProgramTests
{
    private const string Full = "The server is full. Please try again later.";
    private const string TooLittle = "Cannot start: the machine does not have enough threads (ulimit -u, or pids.max of the control group) "
        + "or not enough memory (ulimit -v, or memory.max of the control group).\n";

    [TestMethod]
    [DataRow("SIGTERM")]
    [DataRow("SIGINT")]
    public void With_all_threads_in_use_the_server_stops_gracefully(string signal)
    {
        Needs.Linux();
        using var group = new ControlGroup();
        using LiveServer server = LiveServer.StartUnder($"echo $$ >'{group.Folder}/cgroup.procs'; exec \"$@\"");
        WireClient panda = server.Enter("Panda");
        int threads = server.Figures.Threads;

        // From now on there is not one thread more to be had.
        group.Limit("pids.max", threads);
        server.Connect().ReadToEnd().MustBe(Full);
        if (signal == "SIGTERM")
        {
            server.Process.Terminate();
        }
        else
        {
            server.Process.Interrupt();
        }

        Assert.IsEmpty(panda.ReadToEnd(), "Its clients get the end of the stream.");
        panda.Dispose();
        Assert.AreEqual(0, server.AwaitExit(), server.Log);
        Assert.Contains("Stopped: 1 connections closed, 0 of them aborted.", server.Log);
    }

    [TestMethod]
    public void With_all_threads_in_use_the_basic_server_stops()
    {
        Needs.Linux();
        using var group = new ControlGroup();
        using var port = new HeldPort();
        using ChatProcess server = RunScript.StartBash(
            $"echo $$ >'{group.Folder}/cgroup.procs'; exec ./run.sh basic-server {port.Number}");
        WireClient? client = null;
        Eventually.True(
            () =>
            {
                try
                {
                    client = WireClient.Connect(port.Number);
                    return true;
                }
                catch (System.Net.Sockets.SocketException)
                {
                    return false;
                }
            },
            "the basic server should listen");
        client!.SendBytes("hello"u8);
        server.Output.MustPrint("hello");

        group.Limit("pids.max", server.Figures.Threads);
        server.Terminate();

        Assert.AreEqual(0, server.AwaitExit(), server.Error.All);
        client.Dispose();
    }

    [TestMethod]
    public void The_limit_of_a_control_group_is_in_the_first_line_of_the_log()
    {
        Needs.Linux();
        using var group = new ControlGroup();
        group.Limit("pids.max", 100);

        using LiveServer server = LiveServer.StartUnder($"echo $$ >'{group.Folder}/cgroup.procs'; exec \"$@\"");

        Assert.Contains("for at most 36 clients (the limit of 100 threads (pids.max of the control group))", server.Log);
    }

    [TestMethod]
    [DataRow(30)]
    [DataRow(50)]
    [DataRow(85)]
    [DataRow(127)]
    public void Without_open_files_for_one_client_the_server_reports_it_and_does_not_start(int files)
    {
        Needs.Linux();

        using ChatProcess server = RunScript.StartBash($"ulimit -n {files}; exec ./run.sh server 0");

        server.MustExit(1, "", "Cannot start: fewer than 128 open files are allowed (ulimit -n).\n");
    }

    [TestMethod]
    public void Without_memory_for_its_threads_the_server_reports_it_and_does_not_start()
    {
        Needs.Linux();

        int kilobytes = NativePrograms.AreUsed ? 800_000 : 2_000_000; // those need less

        using ChatProcess server = RunScript.StartBash($"ulimit -v {kilobytes}; exec ./run.sh server 0");

        server.MustExit(1, "", TooLittle);
    }

    [TestMethod]
    [DataRow("server")]
    [DataRow("basic-server")]
    public void Without_threads_for_one_client_the_server_reports_it_and_does_not_start(string verb)
    {
        Needs.Linux();
        using var group = new ControlGroup();
        group.Limit("pids.max", 11); // some more than the runtime takes

        using ChatProcess server = RunScript.StartBash($"echo $$ >'{group.Folder}/cgroup.procs'; exec ./run.sh {verb} 0");

        server.MustExit(1, "", TooLittle);
    }
}
