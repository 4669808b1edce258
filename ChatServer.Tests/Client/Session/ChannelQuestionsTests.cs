using System.Text;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatClient.Session;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Client.Session;

/// <summary>What the client asks by itself once it has joined a channel, and what becomes of the answers.</summary>
[TestClass]
public sealed class ChannelQuestionsTests
{
    private const string Answer = "/join command must be followed by the name of a channel to join.";
    private const string NoHistory = "/history is not a valid control message. Valid messages are /create, /list, and /join.";
    private const string NoWho = "/who is not a valid control message. Valid messages are /create, /list, and /join.";

    private readonly FakeTimeProvider _time = new();
    private Conversation _conversation;

    public ChannelQuestionsTests() => _conversation = Start(backlog: 20);

    [TestMethod]
    [DataRow("/join room")]
    [DataRow("/create room")]
    public void After_a_confirmed_join_the_client_asks_for_the_last_messages_and_then_for_the_names(string request)
    {
        Assert.AreSequenceEqual([request, "/join"], Type(request));
        Hear(Answer);
        Assert.AreSequenceEqual(["/join", "/history 20", "/join"], Sent());
        Hear(Answer);

        AssertHidden("2026-11-25 12:04 [Ana] one", "2026-11-25 12:05 [Bob] two");

        Assert.AreSequenceEqual(["2026-11-25 12:04 [Ana] one", "2026-11-25 12:05 [Bob] two"], Earlier(Hear(Answer)));
        Assert.AreSequenceEqual(["/join", "/who", "/join"], Sent());
        Hear(Answer);
        AssertHidden("Ana\nAna Maria\nPanda", "Zoe has left\nBob", "Zoe");
        Assert.AreEqual(new ReceivedMeaning(IsHidden: true), Hear(Answer));
        Assert.AreSequenceEqual(["Ana", "Ana Maria", "Zoe has left", "Bob", "Zoe"], _conversation.Members);
        Assert.IsTrue(_conversation.IsExtended);
        Assert.IsEmpty(Sent());
    }

    [TestMethod]
    public void Lines_that_wait_for_the_channel_are_sent_after_the_question_and_their_answers_are_shown()
    {
        Type("/join room");
        Type("/history 500");
        Hear(Answer);

        Assert.AreSequenceEqual(["/join", "/history 20", "/join", "/history 500"], Sent());
        Hear(Answer);
        AssertHidden(NoHistory);
        Hear(Answer);
        Assert.AreEqual(new ReceivedMeaning(IsHidden: false), Hear(NoHistory), "The user has asked this.");
    }

    [TestMethod]
    public void A_server_that_does_not_know_the_commands_is_asked_once_on_a_connection_and_its_errors_are_hidden()
    {
        Join("room");
        Hear(Answer);
        AssertHidden(NoHistory);
        Hear(Answer);
        Assert.AreSequenceEqual(["/join", "/who", "/join"], Sent());
        Hear(Answer);
        AssertHidden(NoWho);
        Hear(Answer);

        Assert.IsFalse(_conversation.IsExtended);
        Assert.IsEmpty(_conversation.Members);
        Assert.AreSequenceEqual(["/join other", "/join"], Type("/join other"));
        Hear(Answer);
        Assert.IsEmpty(Sent());
        Assert.IsNull(_conversation.UntilNext);
    }

    [TestMethod]
    public void A_server_with_errors_of_its_own_is_recognised_by_the_command_in_them()
    {
        Join("room");
        Hear(Answer);

        AssertHidden("Unknown command: /history 20");
        Assert.IsNull(Hear(Answer).Earlier);
    }

    [TestMethod]
    public void Messages_and_notices_of_others_are_shown_meanwhile()
    {
        Join("room");
        Hear(Answer);

        foreach (string text in new[] { "[Ana] /history 20", "[[Ana]] psst /history", "Ana has left", "Bob /history has joined", "The history cannot be read now." })
        {
            Assert.IsFalse(Hear(text).IsHidden, text);
        }
    }

    [TestMethod]
    [DataRow("Nothing was said here yet.")]
    [DataRow("Not currently in any channel.")]
    public void An_answer_without_lines_shows_nothing(string answer)
    {
        Join("room");
        Hear(Answer);

        AssertHidden(answer);

        Assert.IsEmpty(Earlier(Hear(Answer)));
    }

    [TestMethod]
    public void A_join_that_is_rejected_or_doubtful_asks_nothing()
    {
        Type("/join room");
        Hear("No channel named room exists. Try '/create room'?");
        Hear(Answer);
        Assert.IsEmpty(Sent());

        Type("/join room");
        Hear("You may not.");
        Hear(Answer);
        Assert.IsEmpty(Sent());
    }

    [TestMethod]
    public void Nothing_is_asked_unless_the_user_wants_it_or_the_server_is_known_to_have_the_commands()
    {
        _conversation = Start(backlog: 0);
        JoinWithoutQuestion("room");
        Hear("[Ana] hi");
        Assert.IsEmpty(Sent());

        Hear("[[Ana]] psst");

        Assert.AreSequenceEqual(["/join", "/who", "/join"], Sent());
        Hear(Answer);
        AssertHidden("Ana\nBob\nPanda");
        Hear(Answer);
        Assert.AreSequenceEqual(["Ana", "Bob"], _conversation.Members);
        Type("/join other");
        Hear(Answer);
        Assert.AreSequenceEqual(["/join", "/who", "/join"], Sent());
    }

    [TestMethod]
    [DataRow("/who", "Ana\nPanda", true)]
    [DataRow("/msg Ana hi", "", true)]
    [DataRow("/msg Nobody hi", "Nobody named Nobody is here.", true)]
    [DataRow("/leave", "", true)]
    [DataRow("/history", "2026-11-25 12:04 [Ana] one", true)]
    [DataRow("/who", NoWho, false)]
    [DataRow("/history", NoHistory, false)]
    [DataRow("/shrug", "", false)]
    [DataRow("hello", "", false)]
    public void If_a_command_of_the_user_is_not_rejected_the_client_knows_that_the_server_has_the_commands(string line, string answer, bool isExtended)
    {
        _conversation = Start(backlog: 0);
        JoinWithoutQuestion("room");
        Type(line);
        if (answer.Length > 0)
        {
            Assert.IsFalse(Hear(answer).IsHidden);
        }

        _time.Advance(FencedFrames.Pause);
        Sent(); // the fence after a pause, where none was sent with the line
        Hear(Answer);

        Assert.AreEqual(isExtended, _conversation.IsExtended);
    }

    [TestMethod]
    public void Names_in_an_answer_that_the_user_has_asked_for_are_completed_too()
    {
        _conversation = Start(backlog: 0);
        Type("/who tea");
        Hear("Ana\nPanda");
        Hear("Bob");
        Type("/who coffee");
        Hear("No channel named coffee exists. Try '/create coffee'?");
        Type("/who empty");
        Hear("Nobody is in channel empty.");
        Type("/who");
        Hear("/who command must be followed by the name of a channel, or be sent from within a channel.");

        Assert.AreSequenceEqual(["Ana", "Bob"], _conversation.Members);
    }

    [TestMethod]
    public void Members_that_have_spoken_come_before_silent_members()
    {
        Join("room");
        Hear(Answer);
        Hear(Answer);
        Sent();
        Hear(Answer);
        Hear("[Zoe] hi");
        AssertHidden("Ana\nPanda\nZoe");
        Hear(Answer);

        Assert.AreSequenceEqual(["Zoe", "Ana"], _conversation.Members);
    }

    [TestMethod]
    public void After_a_lost_connection_only_the_missed_messages_are_shown()
    {
        Join("room");
        Hear(Answer);
        AssertHidden("2026-11-25 12:04 [Ana] one");
        Hear(Answer);
        Hear("[Bob] two");
        _conversation.Lost(arrived: 100, isBroken: true);
        Assert.IsNotNull(_conversation.UntilNext, "The client is to ask as soon as there is a connection.");

        _conversation.Connected(2, "room");
        Assert.AreSequenceEqual(["/join"], Sent());
        Assert.IsTrue(Hear("Room room already exists, so cannot be created.").IsHidden);
        Hear("[Ana] four");
        Hear(Answer);
        Assert.AreSequenceEqual(["/join", "/history 20", "/join"], Sent());
        Hear(Answer);
        AssertHidden("2026-11-25 12:04 [Ana] one", "2026-11-25 12:05 [Bob] two", "2026-11-25 12:06 [Ana] three", "2026-11-25 12:07 [Ana] four");

        Assert.AreSequenceEqual(["2026-11-25 12:06 [Ana] three"], Earlier(Hear(Answer)));
    }

    [TestMethod]
    public void A_connection_without_a_channel_or_without_a_known_fence_asks_nothing()
    {
        _conversation.Lost(arrived: 1, isBroken: true);
        _conversation.Connected(2, "room");
        Assert.IsEmpty(Sent(), "No server has answered a fence.");
        _conversation.Lost(arrived: 3, isBroken: true);

        _conversation.Connected(3);
        Assert.IsEmpty(Sent());
    }

    [TestMethod]
    public void An_answer_that_comes_after_the_next_move_is_not_shown()
    {
        Join("room");
        Type("/join other");
        Hear(Answer);
        AssertHidden("2026-11-25 12:04 [Ana] one");

        Assert.IsEmpty(Earlier(Hear(Answer)));
    }

    [TestMethod]
    public void Messages_that_arrive_while_the_channel_is_unknown_belong_to_no_channel()
    {
        Join("room");
        Hear(Answer);
        AssertHidden("2026-11-25 12:04 [Ana] one");
        Hear(Answer);
        Sent();
        Hear(Answer);
        Hear(Answer);
        Type("/join other");
        Hear("You may not.");
        Hear("[Bob] perhaps elsewhere");
        Hear(Answer);
        Type("/join room");
        Hear(Answer);
        Sent();
        Hear(Answer);
        AssertHidden("2026-11-25 12:04 [Ana] one", "2026-11-25 12:05 [Ana] two");

        Assert.AreSequenceEqual(["2026-11-25 12:05 [Ana] two"], Earlier(Hear(Answer)));
    }

    [TestMethod]
    public void A_message_of_the_old_channel_that_comes_before_the_answer_of_the_new_one_is_no_repeat_later()
    {
        Join("room");
        Hear(Answer);
        AssertHidden("2026-11-25 12:04 [Ana] one");
        Hear(Answer);
        Sent();
        Hear(Answer);
        Hear(Answer);
        Type("/join other");
        Hear("[Ana] two");
        Hear("[Bob] in the other");
        Hear(Answer);
        Sent();
        Hear(Answer);
        AssertHidden("2026-11-25 12:05 [Bob] in the other");
        Assert.IsEmpty(Earlier(Hear(Answer)));
        Sent();
        Hear(Answer);
        Hear(Answer);
        Join("room");
        Hear(Answer);
        AssertHidden("2026-11-25 12:04 [Ana] one", "2026-11-25 12:05 [Ana] two", "2026-11-25 12:06 [Ana] three");

        Assert.AreSequenceEqual(["2026-11-25 12:06 [Ana] three"], Earlier(Hear(Answer)));
    }

    [TestMethod]
    public void A_channel_that_the_user_comes_back_to_shows_what_was_missed()
    {
        Join("room");
        Hear(Answer);
        AssertHidden("2026-11-25 12:04 [Ana] one");
        Hear(Answer);
        Sent();
        Hear(Answer);
        Hear(Answer);
        Join("other");
        Hear("[Bob] two");
        Hear(Answer);
        AssertHidden("2026-11-25 12:05 [Bob] two");
        Assert.IsEmpty(Earlier(Hear(Answer)));
        Sent();
        Hear(Answer);
        Hear(Answer);
        Join("room");
        Hear(Answer);
        AssertHidden("2026-11-25 12:04 [Ana] one", "2026-11-25 12:05 [Ana] three");

        Assert.AreSequenceEqual(["2026-11-25 12:05 [Ana] three"], Earlier(Hear(Answer)));
    }

    [TestMethod]
    public void In_plain_output_nothing_is_asked()
    {
        _conversation = new Conversation(_time, usesFence: false, "Panda", backlog: 20);
        _conversation.Connected(1);
        Assert.AreSequenceEqual(["/join room"], Type("/join room"));
        Hear("[[Ana]] psst");
        _conversation.Lost(arrived: 2, isBroken: true);
        _conversation.Connected(2, "room");

        Assert.IsEmpty(Sent());
        Assert.IsNull(_conversation.UntilNext);
    }

    [TestMethod]
    public void The_last_private_message_that_was_shown_is_the_one_to_reply_to()
    {
        Assert.IsNull(_conversation.LastPrivate);
        Hear("[[Ana Maria]] psst");
        Hear("[Bob] hi");
        _conversation.NoteReceived(new ReceivedText("[[Eve]] psst"), isIgnored: true);

        Assert.AreEqual("Ana Maria", _conversation.LastPrivate);
    }

    private Conversation Start(int backlog)
    {
        var conversation = new Conversation(_time, usesFence: true, "Panda", backlog);
        conversation.Connected(1);
        return conversation;
    }

    /// <summary>Joins, and takes the first question with which the client must follow.</summary>
    private void Join(string channel)
    {
        Type($"/join {channel}");
        Hear(Answer);
        Assert.AreSequenceEqual(["/join", "/history 20", "/join"], Sent());
    }

    private void JoinWithoutQuestion(string channel)
    {
        Type($"/join {channel}");
        Hear(Answer);
        Assert.IsEmpty(Sent());
    }

    private void AssertHidden(params string[] texts)
    {
        foreach (string text in texts)
        {
            Assert.AreEqual(new ReceivedMeaning(IsHidden: true), Hear(text), text);
        }
    }

    private static string[] Earlier(ReceivedMeaning meaning) => [.. (meaning.Earlier ?? []).Select(text => text.Text)];

    private ReceivedMeaning Hear(string text) => _conversation.NoteReceived(new ReceivedText(text));

    private List<string> Type(string line)
    {
        _conversation.Typed(line, new LineFramer("Panda").Next(new LinePart(line, EndsLine: true)));
        return Sent();
    }

    private List<string> Sent()
    {
        var sent = new List<string>();
        while (_conversation.Next() is { } next)
        {
            sent.AddRange(next.News is { } news
                ? [news]
                : next.Frames.Chunk(Frame.Size).Select(frame => Encoding.UTF8.GetString(Frame.Text(frame))));
        }

        return sent;
    }
}
