using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>Whole flows of editing in a real terminal: Ctrl-C, search, undo, yank, several lines, the history on disk.</summary>
[TestClass]
public sealed class TerminalEditingTests : ProgramTests
{
    private const string Cleared = "The line is cleared (Ctrl-_ brings it back). Ctrl-C on an empty line ends the client.";

    [TestMethod]
    public void Ctrl_c_clears_a_line_with_one_hint_and_on_an_empty_line_ends_the_client()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal(columns: 100);
        StartInRoom(terminal, server, alice);
        terminal.Type("half");
        terminal.AwaitRows("[Me] half");

        terminal.Press("C-c");
        terminal.AwaitRows(Cleared, "[Me]");
        terminal.Press("C-_");
        terminal.AwaitRows(Cleared, "[Me] half");
        terminal.Press("C-c");
        terminal.AwaitRows(Cleared, "[Me]");
        alice.Send("hello");
        terminal.AwaitRows(Cleared, "[Alice] hello", "[Me]");

        terminal.Press("C-c");
        terminal.AwaitRows("$");
        Assert.AreEqual("Panda has left", alice.Read());
    }

    [TestMethod]
    public void Messages_that_arrive_while_lines_are_cleared_are_all_shown()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal(columns: 100);
        StartInRoom(terminal, server, alice);

        for (int i = 0; i < 10; i++)
        {
            terminal.Type("half");
            terminal.AwaitScreen(screen => screen is [.., "[Me] half"], "the line should be there");
            alice.Send(Enumerable.Range(0, 20).Select(n => $"message {i} {n}"));
            terminal.Press("C-c");
            terminal.AwaitScreen(screen => screen is [.., "[Me]"], "the line should be cleared");
        }

        string last = "[Alice] message 9 19";
        terminal.AwaitScreen(screen => screen is [.., var row, "[Me]"] && row == last, "the last message should be there");
        string[] shown = [.. terminal.Transcript.Where(row => row.StartsWith("[Alice]", StringComparison.Ordinal))];
        Assert.AreSequenceEqual(from i in Enumerable.Range(0, 10) from n in Enumerable.Range(0, 20) select $"[Alice] message {i} {n}", shown);
    }

    [TestMethod]
    public void Ctrl_r_finds_an_entered_line_while_messages_arrive()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        StartInRoom(terminal, server, alice);
        Send(terminal, alice, "good morning");
        Send(terminal, alice, "other");

        terminal.Press("C-r");
        terminal.AwaitRows("[Me] other", "Search:");
        terminal.Type("mor");
        terminal.AwaitRows("[Me] other", "Search: mor | good morning");
        alice.Send("hello");
        terminal.AwaitRows("[Alice] hello", "Search: mor | good morning");
        Eventually.True(() => terminal.Cursor.Column == "Search: mor".Length, "the cursor should be behind the query");
        terminal.Press("Enter");

        Assert.AreEqual("[Panda] good morning", alice.Read());
        terminal.AwaitRows("[Alice] hello", "[Me] good morning", "[Me]");
    }

    [TestMethod]
    public void A_text_of_several_lines_is_typed_edited_and_sent()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        StartInRoom(terminal, server, alice);

        terminal.Type("one");
        terminal.Press("M-Enter");
        terminal.Type("/list");
        terminal.AwaitRows("[Me 2] one", "/list");
        terminal.Press("Up");
        terminal.Type("!");
        terminal.AwaitRows("[Me 2] one!", "/list");
        terminal.Press("Enter");

        Assert.AreSequenceEqual(["[Panda] one!", "[Panda]  /list"], alice.Read(2));
        terminal.AwaitRows("[Me] one!", "[Me]  /list", "[Me]");
    }

    [TestMethod]
    public void The_keys_of_other_terminals_kill_yank_and_undo_words()
    {
        using var server = new TestServer();
        using var terminal = new TmuxTerminal();
        Start(terminal, server.Port, "");

        terminal.Type("one two three");
        terminal.Type("\e\e[D"); // Alt-Left of rxvt and iTerm2
        terminal.Press("C-w");
        terminal.AwaitRows("[Me] one three");
        terminal.Press("End", "C-w");
        terminal.AwaitRows("[Me] one");
        terminal.Press("C-y");
        terminal.AwaitRows("[Me] one three");
        terminal.Press("M-y");
        terminal.AwaitRows("[Me] one two");
        terminal.Press("C-_", "C-_");
        terminal.AwaitRows("[Me] one three");
        terminal.Press("M-/");
        terminal.AwaitRows("[Me] one");
    }

    [TestMethod]
    public void The_next_session_has_the_lines_of_the_last_one_but_no_secret()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal(columns: 100);
        StartInRoom(terminal, server, alice);
        Send(terminal, alice, "good morning");
        Send(terminal, alice, "the password is x");
        terminal.Press("C-d");
        terminal.AwaitRows("$");
        Assert.AreEqual("Panda has left", alice.Read());

        Start(terminal, server.Port, "");
        terminal.Press("Up");
        terminal.AwaitRows("[Me] good morning");
        terminal.Press("Up");
        terminal.AwaitRows("[Me] /join room");
        terminal.Press("C-c");
        terminal.AwaitRows(Cleared, "[Me]");
        terminal.Press("C-c");
        terminal.AwaitRows("$");

        Start(terminal, server.Port, "--no-history");
        terminal.Press("Up");
        terminal.Type("nothing");
        terminal.AwaitRows("[Me] nothing");
    }

    [TestMethod]
    [DataRow("/dev/full", "No space left")]
    [DataRow("/proc/threadedchat/history", "not")]
    public void A_history_that_cannot_be_kept_is_reported_in_one_line_and_the_client_works(string path, string reason)
    {
        Needs.Linux();
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal(columns: 160);
        StartInRoom(terminal, server, alice, $"--history-file {path}");

        terminal.AwaitScreen(
            screen => screen.Any(row => row.StartsWith("The history is not kept on disk: ", StringComparison.Ordinal)), "it should tell so");
        Send(terminal, alice, "one");
        Send(terminal, alice, "two");

        string told = Assert.ContainsSingle(terminal.Screen.Where(row => row.Contains("history is not kept", StringComparison.Ordinal)));
        Assert.Contains(reason, told);
        terminal.Press("Up", "Up");
        terminal.AwaitRows("[Me] two", "[Me] one");
    }

    [TestMethod]
    public void For_a_screen_reader_there_is_no_prompt_and_nothing_is_drawn_again()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        terminal.Type($"clear; ./run.sh client Panda localhost {server.Port} --screen-reader");
        terminal.Press("Enter");
        terminal.Type("/join room");
        terminal.Press("Enter");
        Assert.AreEqual("Panda has joined", alice.Read());
        alice.Send("hello");
        terminal.AwaitRows("Alice: hello");
        terminal.Type("hi Alice");
        terminal.Press("Enter");
        Assert.AreEqual("[Panda] hi Alice", alice.Read());
        alice.Dispose();
        terminal.AwaitRows("Alice: hello", "hi Alice", "Alice has left");
        Assert.DoesNotContain(row => row.Contains("[Me]", StringComparison.Ordinal), terminal.Screen);
        terminal.Press("C-c");
        terminal.AwaitScreen(screen => screen is [.., "$"], "it should have ended");
    }

    [TestMethod]
    public void A_long_address_can_be_copied_in_one_piece()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal(columns: 40);
        StartInRoom(terminal, server, alice);
        string address = $"https://example.com/{string.Join('/', Enumerable.Range(10, 30))}";

        alice.Send($"see {address} there");

        terminal.AwaitScreen(screen => screen is [.., "        there", "[Me]"], "what follows the address should begin a row");
        Assert.Contains($"[Alice] see {address}", terminal.Transcript);
    }

    private static void StartInRoom(TmuxTerminal terminal, TestServer server, WireClient alice, string options = "")
    {
        Start(terminal, server.Port, options);
        terminal.Type("/join room");
        terminal.Press("Enter");
        Assert.AreEqual("Panda has joined", alice.Read());
        terminal.AwaitScreen(screen => screen.Contains("-- now in room --") && screen is [.., "[Me]"], "the join should be confirmed");
    }

    private static void Start(TmuxTerminal terminal, int port, string options)
    {
        terminal.Type($"clear; ./run.sh client Panda localhost {port} --theme none {options}");
        terminal.Press("Enter");
        terminal.AwaitScreen(screen => screen is [.., "[Me]"], "the client should ask for a line");
    }

    private static void Send(TmuxTerminal terminal, WireClient alice, string text)
    {
        terminal.Type(text);
        terminal.Press("Enter");
        Assert.AreEqual($"[Panda] {text}", alice.Read());
        terminal.AwaitScreen(screen => screen is [.., "[Me]"], "the next line should begin");
    }
}
