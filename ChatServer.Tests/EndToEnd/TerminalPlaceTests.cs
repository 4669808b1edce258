using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The client in a real terminal: the current channel, received messages and missed ones.</summary>
[TestClass]
public sealed class TerminalPlaceTests : ProgramTests
{
    private const string FenceAnswer = "/join command must be followed by the name of a channel to join.";

    [TestMethod]
    public void The_title_shows_channel_name_server_and_unread_messages_and_is_restored_at_the_end()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        terminal.Type("printf '\\e]2;the old title\\a'");
        terminal.Press("Enter");
        AwaitTitle(terminal, "the old title");
        StartClient(terminal, server.Port);
        AwaitTitle(terminal, $"Panda - localhost:{server.Port}");

        Enter(terminal, "/join room");
        Assert.AreEqual("Panda has joined", alice.Read());
        AwaitTitle(terminal, $"room - Panda - localhost:{server.Port}");

        terminal.Type("half\e[O");
        terminal.Type("!"); // once this is on the screen, the client knows that the window has lost the focus
        terminal.AwaitRows("[Me] half!");
        alice.Send("one", "two");
        AwaitTitle(terminal, $"(2) room - Panda - localhost:{server.Port}");
        terminal.Type("\e[I");
        terminal.AwaitRows("[Alice] one", "[Alice] two", "-- 2 messages while you were away --", "[Me] half!");
        AwaitTitle(terminal, $"room - Panda - localhost:{server.Port}");

        terminal.Press("C-u");
        Enter(terminal, "/quit");
        terminal.AwaitRows("[Me] /quit", "$");
        AwaitTitle(terminal, "the old title");
    }

    [TestMethod]
    public void A_moderator_removes_the_channel_and_the_title_shows_none()
    {
        using var folder = new GuardFolder();
        using var server = new TestServer(folder.Options);
        using var terminal = new TmuxTerminal();
        StartClient(terminal, server.Port);
        Enter(terminal, "/create room");
        AwaitTitle(terminal, $"room - Panda - localhost:{server.Port}");

        folder.MustDo("remove", "room");

        terminal.AwaitRows("-- now in room --", "A moderator has removed the channel room.", "[Me]");
        AwaitTitle(terminal, $"Panda - localhost:{server.Port}");
    }

    [TestMethod]
    public void A_terminal_that_may_print_the_sequence_keeps_its_title()
    {
        using var server = new TestServer();
        using var terminal = new TmuxTerminal();
        string title = terminal.Tell("#{pane_title}");
        StartClient(terminal, server.Port, before: "TERM=linux");
        Enter(terminal, "/create room");
        terminal.AwaitRows("[Me] /create room", "-- now in room --", "[Me]");

        Assert.AreEqual(title, terminal.Tell("#{pane_title}"));
    }

    [TestMethod]
    public void The_first_line_names_the_server_and_the_three_commands()
    {
        using var server = new TestServer();
        using var terminal = new TmuxTerminal(columns: 140);
        StartClient(terminal, server.Port);

        Assert.Contains(
            row => row == $"-- connected to localhost:{server.Port} -- /list shows the channels, /join NAME joins one, /create NAME creates one; /help shows more",
            terminal.Screen);
    }

    [TestMethod]
    public void The_commands_of_the_client_search_and_ignore_and_a_text_can_begin_with_a_slash()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal(columns: 100);
        StartClient(terminal, server.Port);
        Enter(terminal, "/join room");
        Assert.AreEqual("Panda has joined", alice.Read());
        alice.Send("the Exam is on Friday");
        terminal.AwaitRows("[Alice] the Exam is on Friday", "[Me]");

        Enter(terminal, "/search exam");
        terminal.AwaitScreen(
            screen => screen is [.., "-- 1 line with \"exam\" --", var found, "[Me]"] && found.EndsWith(" [Alice] the Exam is on Friday", StringComparison.Ordinal) && found[0] == ' ',
            "the line should be found");
        Enter(terminal, "/ignore Alice");
        terminal.AwaitRows("-- Alice is ignored --", "[Me]");
        alice.Send("nobody hears this");
        Enter(terminal, "//shrug");
        Assert.AreEqual("[Panda]  /shrug", alice.Read());
        Enter(terminal, "/ignore Alice");
        terminal.AwaitRows("-- Alice is shown again --", "[Me]");
        alice.Send("and this");

        terminal.AwaitRows("-- Alice is shown again --", "[Alice] and this", "[Me]");
        Assert.DoesNotContain(row => row.Contains("nobody hears this", StringComparison.Ordinal), terminal.Transcript);
    }

    [TestMethod]
    public void Lines_wait_for_the_channel_and_those_for_a_rejected_channel_are_not_sent()
    {
        using var server = new RawServer();
        using var terminal = new TmuxTerminal(columns: 80);
        WireClient client = JoinAndEnter(server, terminal, "for the room");
        AwaitEntered(terminal, "for the room");

        client.Send("No channel named room exists. Try '/create room'?", FenceAnswer);
        terminal.AwaitRows(
            "[Me] for the room",
            "No channel named room exists. Try '/create room'?",
            "Not sent, because you are not in room: for the room",
            "[Me]");
        Enter(terminal, "/create room");
        Enter(terminal, "now for the room");
        Assert.AreEqual("/create room", client.Read());
        Assert.AreEqual("/join", client.Read());
        AwaitEntered(terminal, "now for the room");
        client.Send(FenceAnswer);

        Assert.AreEqual("now for the room", client.Read());
        terminal.AwaitRows("[Me] now for the room", "-- now in room --", "[Me]");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("Usage: /join CHANNEL")]
    public void A_server_that_does_not_know_the_fence_gets_all_lines_and_no_second_fence(string answer)
    {
        using var server = new RawServer();
        using var terminal = new TmuxTerminal(columns: 80);
        WireClient client = JoinAndEnter(server, terminal, "hello");
        if (answer.Length > 0)
        {
            AwaitEntered(terminal, "hello");
            client.Send(answer);
            terminal.AwaitRows("[Me] hello", answer, "[Me]");
        }

        Assert.AreEqual("hello", client.Read());
        Enter(terminal, "/join other");
        Enter(terminal, "again");
        Assert.AreEqual("/join other", client.Read());
        Assert.AreEqual("again", client.Read());
    }

    [TestMethod]
    public void A_server_that_no_longer_answers_is_noticed_in_seconds()
    {
        using var server = new RawServer();
        using var terminal = new TmuxTerminal(columns: 80);
        StartClient(terminal, server.Port, before: "THREADEDCHAT_SILENCE_LIMIT=6");
        WireClient client = server.Accept("Panda");
        Enter(terminal, "/join room");
        Assert.AreEqual("/join room", client.Read());
        Assert.AreEqual("/join", client.Read());
        client.Send(FenceAnswer);
        terminal.AwaitRows("-- now in room --", "[Me]");

        Enter(terminal, "are you there?");

        terminal.AwaitScreen(
            screen => screen.Contains($"Server at localhost:{server.Port} has disconnected") && screen is [.., "$"], "the client should give up");
    }

    [TestMethod]
    public void The_configuration_file_alone_is_enough_to_start()
    {
        using var server = new TestServer();
        using FileTree files = new FileTree().Add(
            "/threadedchat/config", $"name = 'Panda'\nhost = 'localhost'\nport = {server.Port}\ntheme = 'none'\ntime-format = 'at %H'\n");
        using var terminal = new TmuxTerminal(columns: 80);
        terminal.Type($"clear; XDG_CONFIG_HOME={files.Root} ./run.sh client");
        terminal.Press("Enter");
        terminal.AwaitScreen(screen => screen is [.., "[Me]"], "the client should ask for a line");

        Enter(terminal, "/create room");

        terminal.AwaitScreen(
            screen => screen is [.., var now, "[Me]"] && now.StartsWith("at ", StringComparison.Ordinal) && now.EndsWith("-- now in room --", StringComparison.Ordinal),
            "the file should be used");
    }

    private static void AwaitTitle(TmuxTerminal terminal, string title) =>
        Eventually.True(() => terminal.Tell("#{pane_title}") == title, $"the title should be '{title}'");

    /// <summary>Waits until a line is above the prompt, with any prompt: after a second the prompt shows the lag.</summary>
    private static void AwaitEntered(TmuxTerminal terminal, string line) =>
        terminal.AwaitScreen(screen => screen.Contains($"[Me] {line}") && !screen[^1].EndsWith(line, StringComparison.Ordinal), $"'{line}' should be entered");

    /// <summary>Enters a join and a line. Returns the connection of the client, whose join and fence are read and not answered.</summary>
    private static WireClient JoinAndEnter(RawServer server, TmuxTerminal terminal, string line)
    {
        StartClient(terminal, server.Port);
        WireClient client = server.Accept("Panda");
        Enter(terminal, "/join room");
        Enter(terminal, line);
        Assert.AreEqual("/join room", client.Read());
        Assert.AreEqual("/join", client.Read());
        return client;
    }

    private static void Enter(TmuxTerminal terminal, string line)
    {
        terminal.Type(line);
        terminal.Press("Enter");
    }

    private static void StartClient(TmuxTerminal terminal, int port, string before = "")
    {
        terminal.Type($"clear; {before} ./run.sh client Panda localhost {port} --theme none");
        terminal.Press("Enter");
        terminal.AwaitScreen(screen => screen is [.., "[Me]"], "the client should ask for a line");
    }
}
