using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The client in a real terminal: keys in, the screen read back.</summary>
[TestClass]
[TestCategory(NativePrograms.Category)]
public sealed class TerminalTests : ProgramTests
{
    private const string Family = "👨‍👩‍👧";

    [TestMethod]
    public void An_unfinished_line_survives_fifty_messages_and_can_be_continued()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        StartInRoom(terminal, server, alice);
        terminal.Type("half typed");
        terminal.Press("Left", "Left");
        terminal.AwaitRows("[Me] /join room", "-- now in room --", "[Me] half typed");

        alice.Send(Enumerable.Range(1, 50).Select(i => $"message {i}"));

        terminal.AwaitRows([.. Enumerable.Range(37, 14).Select(i => $"[Alice] message {i}"), "[Me] half typed"]);
        terminal.AwaitCursor(14, "[Me] half typ".Length);
        terminal.Type("XY");
        terminal.Press("Enter");
        Assert.AreEqual("[Panda] half typXYed", alice.Read());
        terminal.AwaitRows("[Alice] message 50", "[Me] half typXYed", "[Me]");
        string[] messages = [.. terminal.Transcript.Where(row => row.StartsWith("[Alice]", StringComparison.Ordinal))];
        Assert.AreSequenceEqual(Enumerable.Range(1, 50).Select(i => $"[Alice] message {i}"), messages);
    }

    [TestMethod]
    public void A_line_wraps_at_the_edge_with_wide_characters_and_follows_the_windows_size()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal(columns: 30, rows: 10);
        StartInRoom(terminal, server, alice);

        terminal.Type("12345678901234567890123你好 and so on");
        terminal.AwaitRows("[Me] 12345678901234567890123你", "好 and so on");
        alice.Send("first");
        terminal.AwaitRows("[Alice] first", "[Me] 12345678901234567890123你", "好 and so on");

        terminal.Resize(20, 10);
        terminal.AwaitRows("[Alice] first", "[Me] 123456789012345", "67890123你好 and so", "on");
        alice.Send("second");
        terminal.AwaitRows("[Alice] first", "[Alice] second", "[Me] 123456789012345", "67890123你好 and so", "on");

        terminal.Resize(50, 10);
        terminal.AwaitRows("[Alice] first", "[Alice] second", "[Me] 12345678901234567890123你好 and so on");
        terminal.Press("Home", "C-Right", "C-w");
        terminal.AwaitRows("[Alice] second", "[Me]  and so on");
    }

    [TestMethod]
    [DataRow("--theme none")]
    [DataRow("--theme dark")]
    [DataRow("--theme light --timestamps")]
    public void A_row_that_continues_a_message_cannot_be_taken_for_one(string options)
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        StartInRoom(terminal, server, alice, options);
        terminal.Type("half");

        alice.Send($"yes{new string(' ', 60 - "[Alice] yes".Length)}[Bob] I give up");

        terminal.AwaitScreen(
            screen => screen is [.., var first, var second, "[Me] half"]
                && first.EndsWith("[Alice] yes", StringComparison.Ordinal) && second.TrimStart() == "[Bob] I give up" && second[0] == ' ',
            "the second row should be moved in");
    }

    [TestMethod]
    public void Names_of_channels_cannot_be_taken_for_messages()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        StartInRoom(terminal, server, alice);
        terminal.Type("/create [Bob]");
        terminal.Press("Enter");
        Assert.AreEqual("Panda has left", alice.Read());

        terminal.Type("/list");
        terminal.Press("Enter");

        terminal.AwaitScreen(
            screen => screen is [.., var bob, "room", "[Me]"] && bob == "    [Bob]", "the name should be moved in");
    }

    [TestMethod]
    public void Backspace_deletes_one_visible_character()
    {
        using var server = new TestServer();
        using var terminal = new TmuxTerminal();
        StartClient(terminal, server.Port);

        terminal.Type($"a{Family}e\u0301b");
        terminal.Press("Left", "BSpace", "BSpace");
        terminal.AwaitRows("[Me] ab");
        terminal.Press("DC");
        terminal.AwaitRows("[Me] a");
    }

    [TestMethod]
    public void A_paste_of_many_lines_is_typed_text_and_asks_before_it_is_sent()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        StartInRoom(terminal, server, alice);

        terminal.Paste("1\n2\n3\n4\n5\n6");
        terminal.AwaitRows("[Me 6] 1", "2", "3", "4", "5", "6");
        terminal.Press("Enter");
        terminal.AwaitRows("[Me] /join room", "-- now in room --", "Send these 6 lines? y/n");
        terminal.Press("y");

        terminal.AwaitRows("[Me] 1", "[Me] 2", "[Me] 3", "[Me] 4", "[Me] 5", "[Me] 6", "[Me]");
        Assert.AreSequenceEqual(Enumerable.Range(1, 6).Select(i => $"[Panda] {i}"), alice.Read(6));
    }

    [TestMethod]
    public void The_history_and_the_completion_of_names_work()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        StartInRoom(terminal, server, alice);
        alice.Send("hello");
        terminal.AwaitRows("[Alice] hello", "[Me]");

        terminal.Type("half");
        terminal.Press("Up");
        terminal.AwaitRows("[Me] /join room");
        terminal.Press("Down", "C-u");
        terminal.AwaitRows("[Alice] hello", "[Me]");
        terminal.Type("/jo");
        terminal.Press("Tab");
        terminal.Type("ro");
        terminal.Press("Tab");
        terminal.AwaitRows("[Me] /join room");
        terminal.Press("C-u");
        terminal.Type("dear al");
        terminal.Press("Tab");
        terminal.Type("!");
        terminal.AwaitRows("[Me] dear Alice !");
    }

    [TestMethod]
    [DataRow("--plain")]
    [DataRow("--plain --theme dark")]
    public void With_plain_the_terminal_edits_the_line(string options)
    {
        using var server = new TestServer();
        using var terminal = new TmuxTerminal();
        StartClient(terminal, server.Port, options);

        terminal.Type("ab");
        terminal.Press("C-a"); // which a terminal echoes
        terminal.AwaitRows("[Me] ab^A");
    }

    [TestMethod]
    public void A_terminal_that_cannot_move_its_cursor_gets_plain_output()
    {
        using var server = new TestServer();
        using var terminal = new TmuxTerminal();
        StartClient(terminal, server.Port, before: "TERM=dumb");

        terminal.Type("ab");
        terminal.Press("C-a");
        terminal.AwaitRows("[Me] ab^A");
    }

    private static void StartInRoom(TmuxTerminal terminal, TestServer server, WireClient alice, string options = "--theme none")
    {
        StartClient(terminal, server.Port, options);
        terminal.Type("/join room");
        terminal.Press("Enter");
        Assert.AreEqual("Panda has joined", alice.Read());
    }

    private static void StartClient(TmuxTerminal terminal, int port, string options = "", string before = "")
    {
        terminal.Type($"clear; {before} ./run.sh client Panda localhost {port} {options}");
        terminal.Press("Enter");
        terminal.AwaitScreen(screen => screen is [.., "[Me]"], "the client should ask for a line");
    }
}
