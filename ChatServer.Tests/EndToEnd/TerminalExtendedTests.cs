using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The client in a real terminal on servers with the extended mode, and with the same options on one without it.</summary>
[TestClass]
public sealed class TerminalExtendedTests : ProgramTests
{
    private const string Answer = "/join command must be followed by the name of a channel to join.";
    private const string Earlier = "-- the lines above were said earlier --";

    [TestMethod]
    public void Earlier_messages_are_shown_after_a_join_and_names_of_silent_members_are_completed()
    {
        using var folder = new HistoryFolder();
        using var server = new TestServer(new ServerOptions { Extended = true, History = new HistorySettings(folder.File) });
        (WireClient alice, _) = server.Gather("room", "Alice", "Ana Maria");
        alice.Send("one", "two", "three");
        alice.Fence();
        using var terminal = new TmuxTerminal(columns: 80);
        StartClient(terminal, server.Port, "--backlog 2");

        Enter(terminal, "/join room");

        terminal.AwaitScreen(
            screen => screen is [.., "-- now in room --", var two, var three, Earlier, "[Me]"]
                && two.EndsWith(" [Alice] two", StringComparison.Ordinal) && three.EndsWith(" [Alice] three", StringComparison.Ordinal),
            "the last two messages should be shown");
        alice.Send("four");
        terminal.AwaitRows(Earlier, "[Alice] four", "[Me]");
        Eventually.True(() => IsCompleted(terminal, "Ana", "Ana Maria:"), "the silent member should be known");
        Eventually.True(() => IsCompleted(terminal, "/msg Ana", "/msg [Ana Maria]"), "the silent member should be known");
    }

    [TestMethod]
    public void After_a_lost_connection_only_the_missed_messages_are_shown()
    {
        using var server = new RawServer();
        using var terminal = new TmuxTerminal(columns: 80, rows: 24);
        StartClient(terminal, server.Port, "--backlog 5 --reconnect");
        WireClient first = server.Accept("Panda");
        Enter(terminal, "/join room");
        Assert.AreSequenceEqual(["/join room", "/join"], first.Read(2));
        first.Send(Answer);
        AnswerQuestions(first, "2026-11-25 12:04 [Alice] one");
        first.Send("[Alice] two");
        terminal.AwaitRows("-- now in room --", "2026-11-25 12:04 [Alice] one", Earlier, "[Alice] two", "[Me]");
        Enter(terminal, "mine");
        Assert.AreEqual("mine", first.Read());

        first.Dispose();
        WireClient second = server.Accept("Panda");
        Assert.AreSequenceEqual(["/create room", "/join room", "/join"], second.Read(3));
        second.Send("Room room already exists, so cannot be created.", Answer);
        AnswerQuestions(
            second,
            "2026-11-25 12:04 [Alice] one", "2026-11-25 12:05 [Alice] two", "2026-11-25 12:05 [Panda] mine", "2026-11-25 12:06 [Bob] missed");

        terminal.AwaitRows("Connected again, joining room.", "2026-11-25 12:06 [Bob] missed", Earlier, "[Me]");
        Assert.ContainsSingle(row => row.EndsWith("[Alice] one", StringComparison.Ordinal), terminal.Transcript);
    }

    [TestMethod]
    public void A_server_without_the_commands_is_used_as_before_and_no_error_is_seen()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal(columns: 100);
        StartClient(terminal, server.Port, "--backlog 5");
        Enter(terminal, "/join room");
        Enter(terminal, "hello");
        Assert.AreSequenceEqual(["Panda has joined", "[Panda] hello"], alice.Read(2));
        Enter(terminal, "/leave");
        terminal.AwaitRows("[Me] /leave", "/leave is not a valid control message. Valid messages are /create, /list, and /join.", "[Me]");
        Enter(terminal, "still here");
        Assert.AreEqual("[Panda] still here", alice.Read());
        alice.Send("indeed");

        terminal.AwaitRows("[Me] still here", "[Alice] indeed", "[Me]");
        Assert.ContainsSingle(row => row.Contains("not a valid control message", StringComparison.Ordinal), terminal.Transcript);
    }

    [TestMethod]
    public void A_private_message_is_answered_with_reply()
    {
        using var server = new TestServer(new ServerOptions { Extended = true });
        WireClient alice = server.Enter("Alice B");
        using var terminal = new TmuxTerminal(columns: 80);
        StartClient(terminal, server.Port);
        Enter(terminal, "/reply hello");
        terminal.AwaitRows("[Me] /reply hello", "-- nobody has sent you a private message yet --", "[Me]");
        alice.Send("/msg Panda psst");
        terminal.AwaitRows("[[Alice B]] psst", "[Me]");

        Enter(terminal, "/reply hello  you");

        Assert.AreEqual("[[Panda]] hello  you", alice.Read());
    }

    [TestMethod]
    public void Leaving_is_confirmed_and_the_title_forgets_the_channel()
    {
        using var server = new TestServer(new ServerOptions { Extended = true });
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal(columns: 80);
        StartClient(terminal, server.Port);
        Enter(terminal, "/join room");
        AwaitTitle(terminal, $"room - Panda - localhost:{server.Port}");

        Enter(terminal, "/leave");

        terminal.AwaitRows("[Me] /leave", "-- left room --", "[Me]");
        AwaitTitle(terminal, $"Panda - localhost:{server.Port}");
        Assert.AreSequenceEqual(["Panda has joined", "Panda has left"], alice.Read(2));
    }

    [TestMethod]
    public void A_user_of_a_screen_reader_hears_the_earlier_messages_without_typing()
    {
        using var folder = new HistoryFolder();
        using var server = new TestServer(new ServerOptions { Extended = true, History = new HistorySettings(folder.File) });
        WireClient alice = server.Gather("room", "Alice")[0];
        alice.Send("one");
        alice.Fence();
        using var terminal = new TmuxTerminal(columns: 80);
        StartClient(terminal, server.Port, "--backlog 2 --screen-reader");

        Enter(terminal, "/join room");

        terminal.AwaitScreen(
            screen => screen is [.., var one, Earlier] && one.EndsWith(" [Alice] one", StringComparison.Ordinal), "the message should be read");
    }

    [TestMethod]
    [DataRow("--backlog", "5")]
    [DataRow("--backlog=5", "--reconnect")]
    [DataRow("--backlog=5", "--plain")]
    public void In_a_pipe_the_option_sends_nothing_and_shows_nothing(params string[] options)
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient connection) = server.StartClient("Panda", options);
        client.Type("/join room");
        Assert.AreEqual("/join room", connection.Read());
        connection.Send("[[Alice]] psst", "2026-11-25 12:04 [Alice] one");
        client.Output.MustPrint("[Me] \r    \r[[Alice]] psst\n[Me] \r    \r2026-11-25 12:04 [Alice] one\n[Me] ");

        client.Type("/reply hello");

        Assert.AreEqual("/reply hello", connection.Read());
    }

    /// <summary>Reads the questions for the last messages and for the names, and answers them.</summary>
    private static void AnswerQuestions(WireClient client, params string[] lines)
    {
        Assert.AreSequenceEqual(["/join", "/history 5", "/join"], client.Read(3));
        client.Send([Answer, .. lines, Answer]);
        Assert.AreSequenceEqual(["/join", "/who", "/join"], client.Read(3));
        client.Send(Answer, "Alice\nPanda", Answer);
    }

    /// <summary>Types the beginning of a name and Tab. Clears the line again.</summary>
    private static bool IsCompleted(TmuxTerminal terminal, string typed, string completed)
    {
        terminal.Type(typed);
        terminal.AwaitScreen(screen => screen[^1] == $"[Me] {typed}", "the line should be typed");
        terminal.Press("Tab");
        terminal.Type("|"); // the screen has the effect of Tab when it has this
        terminal.AwaitScreen(screen => screen[^1].EndsWith('|'), "the line should be typed");
        bool isCompleted = terminal.Screen[^1] == $"[Me] {completed} |";
        terminal.Press("C-u");
        terminal.AwaitScreen(screen => screen[^1] == "[Me]", "the line should be empty");
        return isCompleted;
    }

    private static void AwaitTitle(TmuxTerminal terminal, string title) =>
        Eventually.True(() => terminal.Tell("#{pane_title}") == title, $"the title should be '{title}'");

    private static void Enter(TmuxTerminal terminal, string line)
    {
        terminal.Type(line);
        terminal.Press("Enter");
    }

    private static void StartClient(TmuxTerminal terminal, int port, string options = "")
    {
        bool hasPrompt = !options.Contains("--screen-reader", StringComparison.Ordinal);
        terminal.Type($"clear; ./run.sh client Panda localhost {port} --theme none {options}");
        terminal.Press("Enter");
        terminal.AwaitScreen(
            screen => screen is [.., var last] && (hasPrompt ? last == "[Me]" : last.EndsWith("/help shows more", StringComparison.Ordinal)),
            "the client should ask for a line");
    }
}
