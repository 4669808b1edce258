using System.Globalization;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>A parent that keeps the listening socket, as systemd does: a restart rejects nobody.</summary>
[TestClass]
public sealed class InheritedSocketTests : ProgramTests
{
    /// <summary>
    /// Listens, prints the port, and for each line of its input starts a server with the socket as descriptor 3, or ends the one that runs and
    /// says so.
    /// </summary>
    private const string Parent = """
        import os, signal, socket, sys
        listener = socket.create_server(('127.0.0.1', 0), backlog=128)
        print(listener.getsockname()[1], flush=True)
        for line in sys.stdin:
            if line == 'start\n':
                child = os.fork()
                if child == 0:
                    os.dup2(listener.fileno(), 3)
                    os.set_inheritable(3, True)
                    os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid()))
                    os.execv(sys.argv[1], sys.argv[1:])
            else:
                os.kill(child, signal.SIGTERM)
                print('ended', os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        """;

    [TestMethod]
    public void Clients_that_connect_while_the_server_restarts_wait_and_are_served()
    {
        Needs.Linux();
        Needs.Program("python3");
        using var parent = new ChatProcess("python3", RunScript.Root, "-c", Parent, Path.Combine(RunScript.Root, "run.sh"), "server");
        int port = int.Parse(parent.Output.AwaitSinceLastLook(text => text.Contains('\n', StringComparison.Ordinal), "the parent should listen"), CultureInfo.InvariantCulture);
        using WireClient early = WireClient.Connect(port);
        early.Send("Early");

        parent.Type("start");
        Assert.IsEmpty(early.Fence(), "The one that came before the server is served.");
        parent.Type("stop");
        Assert.IsEmpty(early.ReadToEnd(), "The end is polite.");
        early.Dispose();
        parent.Output.AwaitSinceLastLook(text => text.Contains("ended 0\n", StringComparison.Ordinal), "the server should have stopped");

        WireClient[] waiting = [.. Enumerable.Range(0, 20).Select(_ => WireClient.Connect(port))];
        parent.Type("start");
        for (int i = 0; i < waiting.Length; i++)
        {
            waiting[i].Introduce($"Waiting-{i}");
            waiting[i].Dispose();
        }

        parent.Type("stop");
        parent.Output.AwaitSinceLastLook(text => text.Contains("ended 0\n", StringComparison.Ordinal), "the server should have stopped");
        Assert.Contains($"Listening on 127.0.0.1:{port}", parent.Error.All);
    }

    [TestMethod]
    public void A_descriptor_that_is_no_listening_socket_is_one_line()
    {
        Needs.Linux();
        using ChatProcess server = RunScript.StartBash("exec 3</dev/null; export LISTEN_FDS=1 LISTEN_PID=$$; exec \"$@\"", "./run.sh", "server");

        Assert.AreEqual(1, server.AwaitExit());
        Assert.AreEqual("Cannot listen on an inherited socket: descriptor 3 (LISTEN_FDS) is no listening stream socket.\n", server.Error.AwaitEnd());
    }

    [TestMethod]
    public void Sockets_for_another_process_are_not_taken()
    {
        using ChatProcess server = RunScript.StartBash("export LISTEN_FDS=1 LISTEN_PID=1; exec \"$@\"", "./run.sh", "server");

        Assert.AreEqual(2, server.AwaitExit());
        Assert.Contains("PORT is missing", server.Error.AwaitEnd());
    }
}
