using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatClient.Session;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Client.Session;

[TestClass]
public sealed class ClientCommandsTests : IDisposable
{
    private readonly RecordedScreen _screen = new();
    private readonly SeenLines _seen = new(new FakeTimeProvider(new DateTimeOffset(2026, 11, 5, 17, 4, 9, TimeSpan.Zero)));
    private readonly IgnoredNames _ignored = new([]);
    private readonly Conversation _conversation = new(new FakeTimeProvider());
    private readonly ClientCommands _commands;

    public ClientCommandsTests() => _commands = new ClientCommands(_screen, _seen, _ignored, _conversation);

    public void Dispose() => _screen.Dispose();

    [TestMethod]
    [DataRow("hello")]
    [DataRow("/list")]
    [DataRow("/join room")]
    [DataRow("/create room")]
    [DataRow("/helpme")]
    [DataRow("/help join")]
    [DataRow("/quit now")]
    [DataRow("/clear all")]
    [DataRow("/HELP")]
    [DataRow(" /help")]
    [DataRow("/")]
    [DataRow("")]
    public void All_other_lines_are_sent(string line)
    {
        Assert.IsNull(_commands.Handle(new LinePart(line, EndsLine: true)));
        Assert.IsEmpty(_screen.Shown);
    }

    [TestMethod]
    [DataRow("//shrug", " /shrug")]
    [DataRow("//join room", " /join room")]
    [DataRow("///", " //")]
    [DataRow("//", " /")]
    [DataRow("/quote /help me", "/help me")]
    [DataRow("/quote text", "text")]
    public void A_line_that_looks_like_a_command_of_the_client_can_be_sent(string line, string sent)
    {
        Assert.AreEqual(new CommandResult(sent), Handle(line));
    }

    [TestMethod]
    public void Reply_answers_the_last_private_message()
    {
        _conversation.NoteReceived(new ReceivedText("[[Bob]] hi"));
        _conversation.NoteReceived(new ReceivedText("[[Ana Maria]] hi"));
        _conversation.NoteReceived(new ReceivedText("[Eve] hi"));

        Assert.AreEqual(new CommandResult("/msg [Ana Maria] hello  you"), Handle("/reply hello  you "));
        Assert.IsEmpty(_screen.Shown);
    }

    [TestMethod]
    public void A_reply_without_a_text_or_to_nobody_is_not_sent()
    {
        Assert.AreEqual(new CommandResult(null), Handle("/reply hello"));
        _conversation.NoteReceived(new ReceivedText("[[Bob]] hi"));
        Assert.AreEqual(new CommandResult(null), Handle("/reply"));

        Assert.AreSequenceEqual(["-- nobody has sent you a private message yet --", "/reply TEXT"], _screen.Shown);
    }

    [TestMethod]
    public void Help_lists_the_commands_of_the_extended_mode_once_the_server_is_known_to_have_them()
    {
        Handle("/help");
        Assert.DoesNotContain(row => row.StartsWith("/msg", StringComparison.Ordinal), _screen.Shown);
        _conversation.NoteReceived(new ReceivedText("[[Bob]] hi"));
        Handle("/help");

        Assert.IsEmpty(Completion.Extended.Select(command => command.TrimEnd()).Except(_screen.Shown.Select(row => row.Split(' ')[0])));
    }

    [TestMethod]
    public void Help_lists_the_commands_of_moderators_once_the_server_has_done_one_of_them()
    {
        var conversation = new Conversation(new FakeTimeProvider(), usesFence: true);
        conversation.Connected(1);
        var commands = new ClientCommands(_screen, _seen, _ignored, conversation);
        commands.Handle(new LinePart("/help", EndsLine: true));
        Assert.DoesNotContain(row => row.StartsWith("/kick", StringComparison.Ordinal), _screen.Shown);
        foreach (string line in (string[])["/bans", "/join"])
        {
            conversation.Typed(line, new LineFramer("Panda").Next(new LinePart(line, EndsLine: true)));
            conversation.Next();
        }

        conversation.NoteReceived(new ReceivedText("There are no bans."));
        conversation.NoteReceived(new ReceivedText(ProtocolText.JoinRequiresArgument));
        commands.Handle(new LinePart("/help", EndsLine: true));

        Assert.IsEmpty(ControlMessage.OfModerators.Except(_screen.Shown.Select(row => row.Split(' ')[0])));
    }

    [TestMethod]
    public void Quit_ends_the_input() => Assert.AreEqual(new CommandResult(null, IsQuit: true), Handle("/quit"));

    [TestMethod]
    public void Help_lists_all_that_the_client_handles_and_the_commands_of_the_server()
    {
        Handle("/help");

        string[] listed = [.. _screen.Shown.Select(row => row.Split(' ')[0])];
        Assert.IsEmpty(_commands.Words.Concat(["/list", "/join", "/create", "//TEXT"]).Except(listed));
    }

    [TestMethod]
    public void Completion_offers_what_help_lists()
    {
        Assert.AreSequenceEqual(
            _commands.Words.Concat(["/list", "/join", "/create"]).Order(), Completion.Commands.Select(command => command.TrimEnd()).Order());
    }

    [TestMethod]
    public void Search_ignores_case_and_shows_the_lines_indented_the_oldest_first()
    {
        _seen.Add("[Alice] The EXAM is on Friday");
        _seen.Add("[Bob] ok");
        _seen.AddOwn("which exam?", command: null);

        Handle("/search exam");

        Assert.AreSequenceEqual(
            ["-- 2 lines with \"exam\" --", "    2026-11-05T17:04:09+00:00 [Alice] The EXAM is on Friday", "    2026-11-05T17:04:09+00:00 [Me] which exam?"],
            _screen.Shown);
    }

    [TestMethod]
    public void Search_shows_the_latest_of_many_and_says_how_many_there_are()
    {
        for (int i = 0; i < 30; i++)
        {
            _seen.Add($"[Alice] line {i}");
        }

        Handle("/search line");

        Assert.HasCount(ClientCommands.MaxFound + 1, _screen.Shown);
        Assert.AreEqual("-- 30 lines with \"line\", the latest 20 --", _screen.Shown[0]);
        Assert.EndsWith("line 29", _screen.Shown[^1]);
    }

    [TestMethod]
    [DataRow("/search", "/search WORDS")]
    [DataRow("/search nothing", "-- 0 lines with \"nothing\" --")]
    [DataRow("/ignore", "-- no name is ignored --")]
    public void A_command_without_a_result_says_so(string line, string shown)
    {
        Handle(line);

        Assert.AreSequenceEqual([shown], _screen.Shown);
    }

    [TestMethod]
    public void Ignore_hides_messages_private_messages_and_notices_of_a_name_until_it_is_given_again()
    {
        Handle("/ignore big bob");

        Assert.IsTrue(_ignored.Matches(new ReceivedText("[Big Bob] hi")));
        Assert.IsTrue(_ignored.Matches(new ReceivedText("[[Big Bob]] psst")));
        Assert.IsTrue(_ignored.Matches(new ReceivedText("Big Bob has joined")));
        Assert.IsTrue(_ignored.Matches(new ReceivedText("2026-11-25 12:04 [Big Bob] hi")));
        Assert.IsFalse(_ignored.Matches(new ReceivedText("2026-11-25 12:04 12 messages are missing here")));
        Assert.IsFalse(_ignored.Matches(new ReceivedText("[Bob] hi")));
        Assert.IsFalse(_ignored.Matches(new ReceivedText("Big Bob")));
        Assert.IsFalse(_ignored.Matches(new ReceivedText("[Big Bob] hi\nroom")), "An answer to /list is from the server.");
        Handle("/ignore");
        Handle("/ignore [Big Bob]");
        Assert.IsFalse(_ignored.Matches(new ReceivedText("[Big Bob] hi")));
        Assert.AreSequenceEqual(["-- big bob is ignored --", "-- ignored: big bob --", "-- [Big Bob] is shown again --"], _screen.Shown);
    }

    [TestMethod]
    public void Clear_clears_the_screen()
    {
        Handle("/clear");

        Assert.AreEqual(1, _screen.Clears);
    }

    [TestMethod]
    public void A_line_that_may_be_a_password_is_not_kept()
    {
        _seen.AddOwn("/login secret", new ControlMessage("/login", "secret", "secret"));
        _seen.AddOwn("/join room", new ControlMessage("/join", "room", "room"));

        Assert.IsEmpty(_seen.Find("secret", 20, out _));
        Assert.AreEqual("2026-11-05T17:04:09+00:00 [Me] /login ...", _seen.Find("/login", 20, out _)[0]);
        Assert.HasCount(1, _seen.Find("/join room", 20, out _));
    }

    private CommandResult? Handle(string line) => _commands.Handle(new LinePart(line, EndsLine: true));
}
