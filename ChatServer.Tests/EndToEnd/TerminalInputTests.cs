using System.Diagnostics;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The input of a real terminal besides simple keys, and the modes that it may have at the start.</summary>
[TestClass]
public sealed class TerminalInputTests : ProgramTests
{
    private const string SevenLines = "one\rtwo\rthree\rfour\rfive\rsix\rseven";

    /// <summary>What tmux knows of the modes, by its names.</summary>
    private const string Flags =
        "#{mouse_standard_flag} #{mouse_button_flag} #{mouse_all_flag} #{mouse_any_flag} #{mouse_sgr_flag} #{mouse_utf8_flag} "
        + "#{keypad_cursor_flag} #{keypad_flag} #{insert_flag} #{wrap_flag} #{cursor_flag} #{scroll_region_upper} #{scroll_region_lower}";

    [TestMethod]
    [DataRow("\e[<0;10;10M\e[<0;10;10m", DisplayName = "a click, SGR")]
    [DataRow("\e[M **\e[M#**", DisplayName = "a click, X10")]
    [DataRow("\e[32;10;10M\e[35;10;10M", DisplayName = "a click, urxvt")]
    [DataRow("\e[I\e[O", DisplayName = "focus")]
    [DataRow("\e[?1;2c\e[24;80R", DisplayName = "answers")]
    [DataRow("\e]11;rgb:0000/0000/0000\e\\", DisplayName = "a colour")]
    public void An_unknown_sequence_does_not_change_the_unfinished_line(string sent)
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        StartInRoom(terminal, server, alice);

        terminal.Type("half typed");
        terminal.AwaitRows("[Me] half typed");
        terminal.Type($"{sent}!");
        terminal.AwaitRows("[Me] half typed!");
        terminal.Press("Enter");

        Assert.AreEqual("[Panda] half typed!", alice.Read());
    }

    [TestMethod]
    [DataRow("\e", "[200~")]
    [DataRow("\e[20", "0~")]
    public void A_paste_whose_mark_comes_in_two_parts_asks_before_it_is_sent(string first, string second)
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        StartInRoom(terminal, server, alice);

        terminal.Type($"x{first}");
        terminal.AwaitRows("[Me] x");
        var watch = Stopwatch.StartNew();
        Eventually.True(() => watch.ElapsedMilliseconds > 200, "a slow network should have kept the rest back");
        terminal.Type($"{second}{SevenLines}\e[201~");

        terminal.AwaitRows("[Me 7] xone", "two", "three", "four", "five", "six", "seven");
        terminal.Press("Enter");
        terminal.AwaitRows("Send these 7 lines? y/n");
        terminal.Type("no");
        terminal.AwaitRows("[Me 7] xone", "two", "three", "four", "five", "six", "seven");
        terminal.Press("Enter"); // of the answer
        terminal.Press("Enter");
        terminal.AwaitRows("Send these 7 lines? y/n");
        terminal.Type("y");
        terminal.AwaitRows("[Me] seven", "[Me]");
        terminal.Type("es");
        terminal.Press("Enter");
        terminal.Type("behind");
        terminal.AwaitRows("[Me] seven", "[Me] behind");
        Assert.AreSequenceEqual(SevenLines.Split('\r').Select((line, i) => $"[Panda] {(i == 0 ? "x" : "")}{line}"), alice.Read(7));
    }

    [TestMethod]
    public void After_a_paste_without_its_end_the_keyboard_works()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        StartInRoom(terminal, server, alice);

        terminal.Type("\e[200~hello");
        terminal.AwaitRows("[Me] hello");
        terminal.Press("Enter");

        Assert.AreEqual("[Panda] hello", alice.Read());
        terminal.Press("C-d");
        Assert.AreEqual("Panda has left", alice.Read());
    }

    [TestMethod]
    public void Lines_of_source_code_are_text_although_they_begin_like_commands()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        server.Gather("dev2", "Bob");
        using var terminal = new TmuxTerminal();
        StartInRoom(terminal, server, alice);

        terminal.Paste("// a comment\n/join dev2\n/* the end */");
        terminal.AwaitRows("[Me 3] // a comment", "/join dev2", "/* the end */");
        terminal.Press("Enter");

        Assert.AreSequenceEqual(["[Panda]  // a comment", "[Panda]  /join dev2", "[Panda]  /* the end */"], alice.Read(3));
        terminal.AwaitRows("[Me]  // a comment", "[Me]  /join dev2", "[Me]  /* the end */", "[Me]");
        terminal.Type("still here");
        terminal.Press("Enter");
        Assert.AreEqual("[Panda] still here", alice.Read());
    }

    [TestMethod]
    public void A_pasted_line_that_is_a_command_is_one_when_enter_is_pressed()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        StartInRoom(terminal, server, alice);

        terminal.Paste("/create other\n");
        terminal.AwaitRows("[Me] /create other");
        terminal.Press("Enter");

        Assert.AreEqual("Panda has left", alice.Read());
    }

    [TestMethod]
    [DataRow("P")]
    [DataRow("]")]
    [DataRow("_")]
    public void Text_that_is_typed_quickly_after_alt_and_a_letter_is_sent(string letter)
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        StartInRoom(terminal, server, alice);

        terminal.Type($"\e{letter}hello there\r");

        Assert.AreEqual("[Panda] hello there", alice.Read());
    }

    [TestMethod]
    public void Words_that_were_deleted_one_after_the_other_come_back_together()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        StartInRoom(terminal, server, alice);

        terminal.Type("one two three");
        terminal.Press("C-w", "C-w");
        terminal.AwaitRows("[Me] one");
        terminal.Press("C-y");

        terminal.AwaitRows("[Me] one two three");
    }

    /// <summary>Insert mode, a scroll region and the like are tested by their effect; tmux reports the rest.</summary>
    [TestMethod]
    public void Modes_that_another_program_left_on_are_reset_for_the_client_and_the_shell()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        string modes = string.Concat(
            "1000 1002 1003 1005 1006 1004 1 6".Split(' ').Select(mode => $"\\e[?{mode}h")) + "\\e[?7l\\e[?25l\\e[4h\\e=\\e[>4;2m";
        terminal.Type($"clear; echo above; printf '\\e[2;9r{modes}\\e[3;1H\\e[31m\\e(0'; ./run.sh client Panda localhost {server.Port} --theme none");
        terminal.Press("Enter");
        terminal.AwaitScreen(screen => screen is ["above", .., "[Me]"], "the client should ask for a line");

        Assert.AreEqual("0 0 0 0 0 0 0 0 0 1 1 0 14", terminal.Tell(Flags));
        terminal.Type("/join room");
        terminal.Press("Enter");
        Assert.AreEqual("Panda has joined", alice.Read());
        terminal.Type(new string('x', 70)); // longer than a row
        terminal.AwaitRows("[Me] " + new string('x', 55), new string('x', 15));
        terminal.Press("Home");
        terminal.Type("y");
        terminal.AwaitRows("[Me] y" + new string('x', 54), new string('x', 16));
        alice.Send("hello");
        terminal.AwaitRows("[Alice] hello", "[Me] y" + new string('x', 54), new string('x', 16));

        terminal.Press("C-c");
        terminal.AwaitScreen(screen => screen is [.., "[Me]"], "the line should be cleared");
        terminal.Press("C-c");
        terminal.AwaitRows("$");
        Assert.AreEqual("0 0 0 0 0 0 0 0 0 1 1 0 14", terminal.Tell(Flags));
    }

    private static void StartInRoom(TmuxTerminal terminal, TestServer server, WireClient alice)
    {
        terminal.Type($"clear; ./run.sh client Panda localhost {server.Port} --theme none");
        terminal.Press("Enter");
        terminal.AwaitScreen(screen => screen is [.., "[Me]"], "the client should ask for a line");
        terminal.Type("/join room");
        terminal.Press("Enter");
        Assert.AreEqual("Panda has joined", alice.Read());
        terminal.AwaitRows("[Me] /join room", "-- now in room --", "[Me]");
    }
}
