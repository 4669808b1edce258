using System.Diagnostics;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>However the client ends or stops, the terminal is left as it was found.</summary>
[TestClass]
public sealed class TerminalEndTests : ProgramTests
{
    private static readonly Dictionary<string, Action<TmuxTerminal, WireClient>> Ways = new()
    {
        ["Ctrl-C"] = (terminal, _) => EndByCtrlC(terminal),
        ["Ctrl-D"] = (terminal, _) => terminal.Press("C-u", "C-d"),
        ["SIGTERM"] = (terminal, _) => Kill("TERM", terminal),
        ["SIGHUP"] = (terminal, _) => Kill("HUP", terminal),
        ["SIGQUIT"] = (terminal, _) => Kill("QUIT", terminal),
        ["the end of the server"] = (_, connection) => connection.Dispose(),
    };

    [TestMethod]
    [DataRow("Ctrl-C", 130)]
    [DataRow("Ctrl-D", 0)]
    [DataRow("SIGTERM", 143)]
    [DataRow("SIGHUP", 129)]
    [DataRow("SIGQUIT", 131)]
    [DataRow("the end of the server", 1)]
    public void The_terminal_has_its_old_settings_after(string way, int exitCode)
    {
        using var server = new RawServer();
        using var terminal = new TmuxTerminal();
        using var files = new SettingsFiles();
        Start(terminal, files, server.Port);
        WireClient connection = server.Accept("Panda");
        terminal.Type("half");
        terminal.AwaitRows("[Me] half");

        Ways[way](terminal, connection);

        terminal.AwaitRows($"code {exitCode}", "restored", "$");
        Assert.AreEqual(1, terminal.Screen.Count(row => row == "$"));
    }

    [TestMethod]
    [DataRow("half", true)]
    [DataRow("", false)]
    public void When_the_server_ends_the_unfinished_line_stays_on_the_screen(string typed, bool stays)
    {
        using var server = new RawServer();
        using var terminal = new TmuxTerminal();
        using var files = new SettingsFiles();
        Start(terminal, files, server.Port);
        WireClient connection = server.Accept("Panda");
        terminal.Type($"x{typed}");
        terminal.Press("Home", "DC"); // so the cursor is not at the end
        terminal.AwaitRows($"[Me] {typed}".TrimEnd());

        connection.Dispose();

        terminal.AwaitRows($"Server at localhost:{server.Port} has disconnected", "code 1", "restored", "$");
        Assert.AreEqual(stays, terminal.Screen.Contains("[Me] half"));
        Assert.DoesNotContain("[Me]", terminal.Screen);
    }

    [TestMethod]
    public void The_terminal_has_its_old_settings_after_a_crash()
    {
        Needs.DotNet();
        using var server = new RawServer();
        using var crash = new RawServer();
        using var terminal = new TmuxTerminal(columns: 200, rows: 40);
        using var files = new SettingsFiles();
        string hook = $"DOTNET_STARTUP_HOOKS={typeof(StartupHook).Assembly.Location} {StartupHook.PortVariable}={crash.Port} DOTNET_DbgEnableMiniDump=0";
        Start(terminal, files, server.Port, hook);
        server.Accept("Panda");
        terminal.Type("half");
        terminal.AwaitRows("[Me] half");

        crash.Accept().Dispose();

        terminal.AwaitRows("code 134", "restored", "$");
        Assert.Contains(row => row.Contains("This crash is part of a test.", StringComparison.Ordinal), terminal.Screen);
    }

    [TestMethod]
    public void After_ctrl_z_the_shell_has_the_terminal_and_fg_brings_the_line_back()
    {
        using var server = new RawServer();
        using var terminal = new TmuxTerminal();
        using var files = new SettingsFiles();
        terminal.Type($"clear; stty -g >{files.Before}; ./run.sh client Panda localhost {server.Port}");
        terminal.Press("Enter");
        WireClient connection = server.Accept("Panda");
        terminal.AwaitRows("[Me]");
        terminal.Type("half");
        terminal.AwaitRows("[Me] half");

        terminal.Press("C-z");
        terminal.AwaitScreen(screen => screen is [.., "$"] && screen.Any(row => row.Contains("Stopped", StringComparison.Ordinal)), "the shell should be back");
        terminal.Type(files.Compare);
        terminal.Press("Enter");
        terminal.AwaitRows("restored", "$");
        connection.Send("meanwhile");
        terminal.Type("fg");
        terminal.Press("Enter");

        terminal.AwaitScreen(
            screen => screen is [.., "[Me] half"] && screen.Count(row => row == "meanwhile") == 1, "the line, and above it what came");
        terminal.Press("Left");
        terminal.Type("X");
        terminal.AwaitRows("[Me] halXf");
        terminal.Press("Enter");
        Assert.AreEqual("halXf", connection.Read());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void After_fg_the_client_says_that_it_was_stopped_and_cut_off(bool reconnects)
    {
        using var server = new RawServer();
        using var terminal = new TmuxTerminal(columns: 160);
        terminal.Type($"clear; ./run.sh client Panda localhost {server.Port} {(reconnects ? "--reconnect" : "")}");
        terminal.Press("Enter");
        WireClient connection = server.Accept("Panda");
        terminal.AwaitRows("[Me]");
        terminal.Press("C-z");
        terminal.AwaitScreen(screen => screen is [.., "$"] && screen.Any(row => row.Contains("Stopped", StringComparison.Ordinal)), "the shell should be back");
        connection.Send("meanwhile");
        connection.Dispose();

        terminal.Type("fg");
        terminal.Press("Enter");

        terminal.AwaitScreen(
            screen => Array.FindIndex(screen, row => row == "meanwhile") is >= 0 and var received
                && Array.FindIndex(screen, row => row.StartsWith("This client was stopped", StringComparison.Ordinal)) is var said && said > received
                && Array.IndexOf(screen, $"Server at localhost:{server.Port} has disconnected") > said,
            "what was received, then why no more was");
        if (reconnects)
        {
            WireClient again = server.Accept("Panda");
            terminal.AwaitRows("Connected again.", "[Me]");
            terminal.Type("back");
            terminal.Press("Enter");
            Assert.AreEqual("back", again.Read());
        }
    }

    [TestMethod]
    [DataRow("QUIT", "")]
    [DataRow("TERM", "")]
    [DataRow("HUP", "")]
    [DataRow("INT", "")]
    [DataRow("QUIT", "--plain")]
    [DataRow("HUP", "--plain")]
    public void As_the_first_process_of_a_container_the_client_ends_by_the_same_signals(string signal, string options)
    {
        Needs.Linux();
        Needs.Root("a process namespace of its own");
        Needs.Program("unshare");
        using var server = new RawServer();
        using var terminal = new TmuxTerminal();
        using var files = new SettingsFiles();
        terminal.Type(
            $"clear; bash -c 'stty -g >{files.Before}; unshare --pid --fork --mount-proc ./run.sh client Panda localhost {server.Port} {options}; {files.Compare}'");
        terminal.Press("Enter");
        WireClient connection = server.Accept("Panda");
        terminal.AwaitRows("[Me]");

        Kill(signal, terminal);

        string prompt = options.Length > 0 ? "[Me] " : ""; // which stays as it is with --plain
        terminal.AwaitRows($"{prompt}restored", "$");
        Assert.IsEmpty(connection.ReadToEnd());
    }

    [TestMethod]
    [DataRow("TERM")]
    [DataRow("HUP")]
    public void The_shell_can_end_a_stopped_client(string signal)
    {
        using var server = new RawServer();
        using var terminal = new TmuxTerminal();
        using var files = new SettingsFiles();
        terminal.Type($"clear; stty -g >{files.Before}; ./run.sh client Panda localhost {server.Port}; echo code $?");
        terminal.Press("Enter");
        server.Accept("Panda");
        terminal.AwaitRows("[Me]");
        terminal.Press("C-z");
        terminal.AwaitRows("code 148", "$"); // 128 and SIGTSTP, as of any program that Ctrl-Z stops

        terminal.Type($"clear; kill -{signal} %1; while kill -0 %1 2>/dev/null; do :; done; echo gone; {files.Compare}");
        terminal.Press("Enter");

        terminal.AwaitScreen(screen => screen is [.., "$"] && screen.Contains("gone") && screen.Contains("restored"), "it should have ended");
    }

    [TestMethod]
    public void Without_a_shell_ctrl_z_does_nothing()
    {
        using var server = new RawServer();
        using var terminal = new TmuxTerminal();
        terminal.Type($"clear; exec bash -c './run.sh client Panda localhost {server.Port}; true'");
        terminal.Press("Enter");
        WireClient connection = server.Accept("Panda");
        terminal.AwaitRows("[Me]");

        terminal.Press("C-z");
        terminal.Type("still here");
        terminal.Press("Enter");

        Assert.AreEqual("still here", connection.Read());
    }

    private static void Start(TmuxTerminal terminal, SettingsFiles files, int port, string before = "")
    {
        // In a shell of its own, because one that people type into puts the settings right by itself when a program was
        // killed or stopped.
        terminal.Type(
            $"clear; bash -c 'ulimit -c 0; stty -g >{files.Before}; {before} ./run.sh client Panda localhost {port}; echo code $?; {files.Compare}'");
        terminal.Press("Enter");
        terminal.AwaitScreen(screen => screen is [.., "[Me]"], "the client should ask for a line");
    }

    private static void EndByCtrlC(TmuxTerminal terminal)
    {
        terminal.Press("C-c");
        terminal.AwaitScreen(screen => screen is [.., "[Me]"], "the first Ctrl-C should clear the line");
        terminal.Press("C-c");
    }

    private static void Kill(string signal, TmuxTerminal terminal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", terminal.Program]);
        kill.WaitForExit();
        Assert.AreEqual(0, kill.ExitCode);
    }

    /// <summary>The terminal's settings, before and after, in files.</summary>
    private sealed class SettingsFiles : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-");

        public string Before => Path.Combine(_folder.FullName, "before");

        /// <summary>A line for the shell that prints <c>restored</c> if they are the same.</summary>
        public string Compare => $"[ \"$(stty -g)\" = \"$(cat {Before})\" ] && echo restored";

        public void Dispose() => _folder.Remove();
    }
}
