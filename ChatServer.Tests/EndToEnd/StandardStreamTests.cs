using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>In any state of the standard streams each program works and ends with its usual exit code.</summary>
[TestClass]
public sealed class StandardStreamTests : ProgramTests
{
    private const int WrongArguments = 2;

    /// <summary>A full pipe, open and unread, as descriptor 4.</summary>
    private const string Blocked = "pipe=$(mktemp -u); mkfifo \"$pipe\"; exec 4<>\"$pipe\"; rm \"$pipe\"; dd if=/dev/zero bs=4096 count=1000 oflag=nonblock >&4 2>/dev/null;";

    /// <summary>Lines of bash that run "$@" with its streams in some state; the exit code is the program's.</summary>
    private static readonly string[] States =
    [
        "exec \"$@\" <&-",
        "exec \"$@\" >&-",
        "exec \"$@\" 2>&-",
        "exec \"$@\" <&- >&- 2>&-",
        "exec \"$@\" 2>/dev/full",
        "\"$@\" 2>&1 >/dev/null | :; exit ${PIPESTATUS[0]}",
        "\"$@\" | :; exit ${PIPESTATUS[0]}",
        $"{Blocked} \"$@\" 2>&4",
    ];

    // What is rejected prints one line on standard error and ends: the others differ in nothing from these.
    private static readonly string[] StatesOfTheRejected = ["exec \"$@\" 2>&-", "exec \"$@\" <&- >&- 2>&-", "exec \"$@\" 2>/dev/full"];

    private static readonly string[] StatesOfErrorsOnly =
    [
        "exec \"$@\" 2>&-",
        "exec \"$@\" <&- >&- 2>&-",
        "exec \"$@\" >/dev/full 2>/dev/full",
        $"{Blocked} exec \"$@\" 2>&4",
        $"{Blocked} exec \"$@\" >&4 2>&4 <&-",
    ];

    [TestMethod]
    [DataRow(1, "server", "TAKEN")]
    [DataRow(2, "server", "nonsense")]
    [DataRow(0, "server", "--help")]
    [DataRow(1, "server", "0", "--trace-file", "/no/such/folder/file")]
    [DataRow(1, "basic-server", "TAKEN")]
    [DataRow(2, "basic-server", "nonsense")]
    [DataRow(1, "client", "Panda", "localhost", "CLOSED")]
    [DataRow(2, "client", "Panda")]
    [DataRow(0, "client", "--help")]
    [DataRow(1, "basic-client", "localhost", "CLOSED")]
    [DataRow(2, "basic-client", "localhost")]
    [DataRow(1, "decode", "/no/such/file")]
    [DataRow(2, "decode")]
    [DataRow(0, "decode", "README.md")]
    [DataRow(0, "check", "server", "--list")]
    [DataRow(2, "check", "nonsense")]
    [DataRow(2, "nonsense")]
    [DataRow(0, "help")]
    [DataRow(0, "version")]
    public void The_exit_code_is_the_same(int exitCode, params string[] words)
    {
        Needs.Linux(); // for a device that is always full
        using Socket taken = ListenSocket.Open(0);
        using var closed = new HeldPort();
        string[] command =
        [
            "./run.sh", .. words.Select(word => word switch
            {
                "TAKEN" => RunScript.Text(((IPEndPoint)taken.LocalEndPoint!).Port),
                "CLOSED" => RunScript.Text(closed.Number),
                _ => word,
            }),
        ];

        foreach (string state in Soak.Size(exitCode == WrongArguments ? StatesOfTheRejected : States, States))
        {
            using ChatProcess program = RunScript.StartBash(state, command);

            program.EndInput();
            Assert.AreEqual(exitCode, program.AwaitExit(), $"{string.Join(' ', words)}: {state}\n{program.Error.All}");
            Assert.DoesNotContain("nhandled", program.Error.AwaitEnd());
        }
    }

    [TestMethod]
    [DataRow(1, "Cannot print: ", "decode", "README.md")]
    [DataRow(3, "Cannot print the report: ", "check", "server", "--list")]
    public void Output_that_cannot_be_printed_is_a_failure(int exitCode, string error, params string[] words)
    {
        Needs.Linux();
        using ChatProcess program = RunScript.StartBash("exec \"$@\" >/dev/full", ["./run.sh", .. words]);

        Assert.AreEqual(exitCode, program.AwaitExit());
        Assert.StartsWith(error, program.Error.AwaitEnd());
    }

    [TestMethod]
    public void A_server_serves_and_stops_with_any_state_of_its_log()
    {
        Needs.Linux();
        foreach (string state in StatesOfErrorsOnly)
        {
            using var port = new HeldPort();
            using ChatProcess server = RunScript.StartBash(state, "./run.sh", "server", RunScript.Text(port.Number), "--log-level", "trace");
            using (WireClient client = WireClient.ConnectWhenItListens(port.Number))
            {
                client.Introduce("Panda");
                client.Send("/create room", "/list");
                client.Fence().MustBe(["room"], state); // and nothing of the log
            }

            server.Terminate();

            Assert.AreEqual(0, server.AwaitExit(), state);
        }
    }

    [TestMethod]
    [DataRow("exec \"$@\" </dev/null")]
    [DataRow("exec nohup \"$@\"")]
    [DataRow("exec setsid \"$@\"")]
    public void A_server_needs_no_terminal_and_no_input(string line)
    {
        using LiveServer server = LiveServer.StartUnder(line);
        server.Enter("Panda");

        server.Process.Terminate();

        Assert.AreEqual(0, server.AwaitExit());
    }
}
