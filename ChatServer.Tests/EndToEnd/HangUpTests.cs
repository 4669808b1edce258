using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>SIGHUP: a closed terminal, or a request to open the files again.</summary>
[TestClass]
public sealed class HangUpTests : ProgramTests
{
    /// <summary>These tests may themselves run with SIGHUP ignored.</summary>
    private const string NotIgnored = "env --default-signal=HUP";

    [TestMethod]
    public void At_a_hangup_without_a_terminal_the_server_continues_and_opens_its_trace_again()
    {
        Needs.Linux();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("threadedchat-");
        try
        {
            string file = Path.Combine(folder.FullName, "trace");
            using var server = new LiveServer(RunScript.StartBash($"{NotIgnored} setsid --wait \"$@\"", "./run.sh", "server", "0", "--trace-file", file));
            server.Enter("Panda");
            File.Move(file, file + ".1");

            Signal("HUP", server);
            Eventually.True(() => server.Log.Contains("SIGHUP: the trace file was opened again", StringComparison.Ordinal), "the server should log it");
            server.Enter("Alice");

            Assert.Contains("Alice", File.ReadAllText(file));
            string before = File.ReadAllText(file + ".1");
            Assert.Contains("Panda", before);
            Assert.DoesNotContain("Alice", before);
        }
        finally
        {
            folder.Remove();
        }
    }

    [TestMethod]
    [DataRow($"{NotIgnored} ./run.sh server 0", true, DisplayName = "started as usual")]
    [DataRow("nohup ./run.sh server 0 >/dev/null", false, DisplayName = "started so that it outlives the terminal")]
    public void When_its_terminal_is_closed_the_server_stops_unless_it_was_started_with_nohup(string command, bool stops)
    {
        Needs.Linux();
        RunScript.EnsureBuilt();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("threadedchat-");
        try
        {
            string log = Path.Combine(folder.FullName, "log");
            string pid;
            using (var terminal = new TmuxTerminal())
            {
                terminal.Type($"{command} 2>{log}");
                terminal.Press("Enter");
                Eventually.True(() => Says(log, "Listening"), "the server should listen");
                pid = terminal.Program;
            }

            try
            {
                if (stops)
                {
                    Eventually.True(() => Says(log, "Stopped: 0 connections closed"), "the server should stop");
                    Eventually.True(() => !Directory.Exists($"/proc/{pid}"), "the process should end");
                }
                else
                {
                    Eventually.True(() => TerminalOf(pid) == "0", "the terminal should be taken away");
                    using WireClient panda = WireClient.Connect(RunScript.PortIn(File.ReadAllText(log)));
                    panda.Introduce("Panda");
                }
            }
            finally
            {
                using var kill = new ChatProcess("bash", RunScript.Root, ["-c", $"kill -KILL {pid} 2>/dev/null || true"]);
                kill.AwaitExit();
            }
        }
        finally
        {
            folder.Remove();
        }
    }

    /// <summary>The number of its controlling terminal; 0 is none.</summary>
    private static string TerminalOf(string pid) => File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[4];

    private static bool Says(string file, string text) => File.Exists(file) && File.ReadAllText(file).Contains(text, StringComparison.Ordinal);

    private static void Signal(string signal, LiveServer server)
    {
        using var kill = new ChatProcess("bash", RunScript.Root, ["-c", $"kill -{signal} {server.Process.Id}"]);
        Assert.AreEqual(0, kill.AwaitExit());
    }
}
