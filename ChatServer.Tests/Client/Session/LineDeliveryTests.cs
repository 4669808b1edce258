using System.Text;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatClient.Session;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Client.Session;

/// <summary>The frames that the client sends at a terminal, their time, and its texts for the user.</summary>
[TestClass]
public sealed class LineDeliveryTests
{
    private const string Answer = "/join command must be followed by the name of a channel to join.";
    private const string NoRoom = "No channel named room exists. Try '/create room'?";
    private const string Exists = "Room room already exists, so cannot be created.";

    private readonly FakeTimeProvider _time = new();
    private readonly Conversation _conversation;

    public LineDeliveryTests()
    {
        _conversation = new Conversation(_time, usesFence: true);
        _conversation.Connected(1);
    }

    [TestMethod]
    [DataRow("/join room")]
    [DataRow("/create room")]
    public void A_request_for_a_channel_goes_out_with_a_fence_and_is_confirmed(string request)
    {
        Assert.AreSequenceEqual([request, "/join"], Type(request));

        Assert.AreEqual(new ReceivedMeaning(IsHidden: true, "-- now in room --"), Hear(Answer));
        Assert.AreEqual("room", _conversation.Channel);
    }

    [TestMethod]
    [DataRow("/join room", NoRoom)]
    [DataRow("/create room", Exists)]
    [DataRow("/create room", "No more channels can be created on this server.")]
    public void A_rejection_is_shown_and_no_channel_is_confirmed(string request, string rejection)
    {
        Type(request);

        Assert.AreEqual(new ReceivedMeaning(IsHidden: false), Hear(rejection));
        Assert.AreEqual(new ReceivedMeaning(IsHidden: true), Hear(Answer));
        Assert.IsNull(_conversation.Channel);
    }

    [TestMethod]
    public void A_rejected_request_does_not_change_the_channel_of_the_client()
    {
        Type("/create room");
        Hear(Answer);
        Type("/create room");

        Hear(Exists);

        Assert.AreEqual(new ReceivedMeaning(IsHidden: true), Hear(Answer));
        Assert.AreEqual("room", _conversation.Channel);
    }

    [TestMethod]
    public void Lines_wait_until_the_channel_is_known_and_then_go_out_in_order()
    {
        Type("/join room");
        Assert.IsEmpty(Type("one"));
        Assert.IsEmpty(Type("/list"));
        Assert.IsEmpty(Type("two"));
        Assert.IsTrue(_conversation.IsHolding);

        Hear(Answer);

        Assert.AreSequenceEqual(["one", "/list", "two"], Sent());
        Assert.IsFalse(_conversation.IsHolding);
    }

    [TestMethod]
    public void Messages_for_a_rejected_channel_are_not_sent_and_the_user_is_informed()
    {
        Type("/create home");
        Hear(Answer);
        Type("/join room");
        Type("a secret for the room");
        Type("/list");
        Type("/create room");
        Type("hello");

        Hear(NoRoom);
        Hear(Answer);

        Assert.AreSequenceEqual(["Not sent, because you are not in room: a secret for the room", "/list", "/create room", "/join"], Sent());
        Hear(Answer);
        Assert.AreSequenceEqual(["hello"], Sent());
    }

    [TestMethod]
    public void A_line_that_is_typed_after_the_rejection_is_sent()
    {
        Type("/create home");
        Hear(Answer);
        Type("/join room");
        Hear(NoRoom);
        Hear(Answer);

        Assert.AreSequenceEqual(["still here"], Type("still here"));
    }

    [TestMethod]
    [DataRow("You are not allowed to enter.")]
    [DataRow("No channel named  exists. Try '/create '?")]
    public void An_unknown_text_is_shown_and_does_not_decide_the_request(string text)
    {
        Type("/join room");

        Assert.AreEqual(new ReceivedMeaning(IsHidden: false), Hear(text));
        Assert.AreEqual(new ReceivedMeaning(IsHidden: true), Hear(Answer), "Not confirmed: it may be a rejection.");
    }

    [TestMethod]
    public void Messages_and_notices_of_others_do_not_decide_a_request()
    {
        Type("/join room");
        Hear("[Alice] No channel named room exists. Try '/create room'?");
        Hear($"[Alice] {Answer}");
        Hear("Bob has left");

        Assert.AreEqual("-- now in room --", Hear(Answer).News);
    }

    [TestMethod]
    public void The_answer_to_a_join_that_the_user_has_typed_is_shown()
    {
        Type("/join");
        Type("/join room");

        Assert.AreEqual(new ReceivedMeaning(IsHidden: false), Hear(Answer));
        Assert.AreEqual(new ReceivedMeaning(IsHidden: true, "-- now in room --"), Hear(Answer));
    }

    [TestMethod]
    public void A_pause_in_typing_costs_exactly_one_frame()
    {
        Type("one");
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Type("two");
        Assert.AreEqual(TimeSpan.FromSeconds(1), _conversation.UntilNext);
        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.IsEmpty(Sent());
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.AreSequenceEqual(["/join"], Sent());
        Assert.IsNull(_conversation.UntilNext, "Nothing is due until the server answers.");
        Hear(Answer);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.IsEmpty(Sent(), "All is known.");
        Assert.IsNull(_conversation.UntilNext);
    }

    [TestMethod]
    public void After_a_request_with_its_fence_a_pause_costs_nothing()
    {
        Type("/create room");
        Hear(Answer);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.IsEmpty(Sent());
    }

    [TestMethod]
    public void A_lag_of_more_than_a_second_is_shown_until_the_answer_arrives()
    {
        Type("/create room");
        Hear(Answer);
        Type("one");
        Type("two");
        _time.Advance(TimeSpan.FromSeconds(1));
        Sent();
        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.AreEqual("", _conversation.Status);

        _time.Advance(TimeSpan.FromSeconds(2.1));
        Assert.AreEqual("2 lines on their way, 3 s", _conversation.Status);
        Assert.IsTrue(_conversation.IsOwedAnswer);

        Hear(Answer);
        Assert.AreEqual("", _conversation.Status);
        Assert.IsFalse(_conversation.IsOwedAnswer);
    }

    [TestMethod]
    public void A_server_that_does_not_know_the_fence_gets_all_lines_and_no_further_fence()
    {
        Type("/join room");
        Type("one");
        Assert.AreEqual("", _conversation.Status);
        _time.Advance(Fence.FirstAnswer);

        Assert.AreSequenceEqual(["one"], Sent());
        Assert.AreSequenceEqual(["/join other"], Type("/join other"));
        Assert.AreSequenceEqual(["two"], Type("two"));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.IsEmpty(Sent());
        Assert.AreEqual("", _conversation.Status);
        Assert.IsFalse(_conversation.IsOwedAnswer);
        Assert.AreEqual("other", _conversation.Channel, "As without a fence.");
    }

    [TestMethod]
    public void Lines_that_wait_when_the_connection_is_lost_are_never_sent_and_the_user_is_informed()
    {
        Type("/join room");
        Type("one");
        Type("two");

        Assert.AreSequenceEqual(
            ["This line was probably lost: /join room", "This line was not sent: one", "This line was not sent: two"],
            _conversation.Lost(arrived: 1, isBroken: true));
        _conversation.Connected(2);

        Assert.IsEmpty(Sent());
    }

    [TestMethod]
    public void Handled_lines_are_not_reported_as_lost_without_acknowledgements()
    {
        Type("/create room");
        Hear(Answer);
        Type("on its way");

        Assert.AreSequenceEqual(["This line was perhaps lost: on its way"], _conversation.Lost(arrived: null, isBroken: true));
    }

    [TestMethod]
    public void In_plain_output_there_is_no_fence()
    {
        var plain = new Conversation(_time);
        plain.Connected(1);
        plain.Typed("/join room", Framed("/join room"));

        Assert.AreSequenceEqual(["/join room"], Texts(plain.Next()!.Value.Frames));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.IsNull(plain.Next());
        Assert.AreEqual(new ReceivedMeaning(IsHidden: false), plain.NoteReceived(new ReceivedText(Answer)));
    }

    [TestMethod]
    public void The_place_changes_only_once_the_result_is_known()
    {
        Type("/create home");
        Hear(Answer);

        Type("/join room");
        Assert.AreEqual("home", _conversation.Place);
        Hear(Answer);

        Assert.AreEqual("room", _conversation.Place);
    }

    [TestMethod]
    public void The_client_leaves_its_place_once_the_server_has_answered()
    {
        Type("/create home");
        Hear(Answer);

        Assert.AreSequenceEqual(["/leave", "/join"], Type("/leave"));
        Assert.AreEqual("home", _conversation.Place);
        Assert.IsEmpty(Type("who hears this?"));
        Assert.AreEqual(new ReceivedMeaning(IsHidden: true, "-- left home --"), Hear(Answer));

        Assert.AreEqual((null, null), (_conversation.Place, _conversation.Channel));
        Assert.AreSequenceEqual(["who hears this?"], Sent());
    }

    [TestMethod]
    [DataRow("/leave is not a valid control message. Valid messages are /create, /list, and /join.")]
    [DataRow("Unknown command: /leave")]
    public void A_server_that_does_not_know_leave_keeps_the_client_in_its_channel(string rejection)
    {
        Type("/create home");
        Hear(Answer);
        Type("/leave");

        Assert.AreEqual(new ReceivedMeaning(IsHidden: false), Hear(rejection));
        Assert.AreEqual(new ReceivedMeaning(IsHidden: true), Hear(Answer));

        Assert.AreEqual(("home", "home"), (_conversation.Place, _conversation.Channel));
    }

    [TestMethod]
    public void The_answer_to_a_leave_without_a_channel_is_shown()
    {
        Type("/leave");

        Assert.AreEqual(new ReceivedMeaning(IsHidden: false), Hear("Not currently in any channel."));
        Assert.AreEqual(new ReceivedMeaning(IsHidden: true), Hear(Answer));
    }

    [TestMethod]
    [DataRow("/leave", "", null)]
    [DataRow("/leave", "/leave is not a valid control message. Valid messages are /create, /list, and /join.", "home")]
    [DataRow("/leave now", "", null)]
    [DataRow("/leaver", "", "home")]
    public void In_plain_output_too_a_client_that_has_left_rejoins_nothing(string line, string answer, string? channel)
    {
        var plain = new Conversation(_time);
        plain.Connected(1);
        foreach (string typed in new[] { "/create home", line })
        {
            plain.Typed(typed, Framed(typed));
            plain.Next();
        }

        plain.NoteReceived(new ReceivedText(answer));

        Assert.AreEqual(channel, plain.Channel);
    }

    [TestMethod]
    public void A_client_whose_channel_a_moderator_removes_is_in_none_and_rejoins_nothing()
    {
        Type("/create home");
        Hear(Answer);

        Assert.AreEqual(new ReceivedMeaning(IsHidden: false), Hear(Removed("home")));

        Assert.AreEqual((null, null), (_conversation.Place, _conversation.Channel));
        Assert.IsEmpty(_conversation.Channels, "Tab does not offer it any more.");
        Type("/join home");
        Hear("No channel named home exists. Try '/create home'?");
        Hear(Answer);
        Assert.IsNull(_conversation.Place);
        Type("/create home");
        Assert.AreEqual(new ReceivedMeaning(IsHidden: true, "-- now in home --"), Hear(Answer));
    }

    [TestMethod]
    [DataRow("", "room")]
    [DataRow(NoRoom, null)]
    public void A_removal_that_crosses_a_request_for_another_channel_does_not_change_its_result(string rejection, string? place)
    {
        Type("/create home");
        Hear(Answer);
        Type("/join room");

        Hear(Removed("home"));
        Assert.IsNull(_conversation.Place);
        if (rejection.Length > 0)
        {
            Hear(rejection);
        }

        Assert.AreEqual(new ReceivedMeaning(IsHidden: true, rejection.Length > 0 ? null : "-- now in room --"), Hear(Answer));
        Assert.AreEqual((place, place), (_conversation.Place, _conversation.Channel));
    }

    [TestMethod]
    public void A_channel_that_is_removed_before_the_client_knows_that_it_is_in_it_is_no_news()
    {
        Type("/join room");
        Hear(Removed("room"));

        Assert.AreEqual(new ReceivedMeaning(IsHidden: true), Hear(Answer));
        Assert.IsNull(_conversation.Place);
    }

    [TestMethod]
    public void What_somebody_says_about_a_removal_is_a_message()
    {
        Type("/create home");
        Hear(Answer);

        Hear($"[Eve] {Removed("home")}");

        Assert.AreEqual("home", _conversation.Place);
    }

    private static string Removed(string channel) => $"A moderator has removed the channel {channel}.";

    private ReceivedMeaning Hear(string text) => _conversation.NoteReceived(new ReceivedText(text));

    /// <summary>Enters a line. Returns the frames and texts that follow.</summary>
    private List<string> Type(string line)
    {
        _conversation.Typed(line, Framed(line));
        return Sent();
    }

    private List<string> Sent()
    {
        var sent = new List<string>();
        while (_conversation.Next() is { } next)
        {
            sent.AddRange(next.News is { } news ? [news] : Texts(next.Frames));
        }

        return sent;
    }

    private static IEnumerable<string> Texts(byte[] frames) =>
        frames.Chunk(Frame.Size).Select(frame => Encoding.UTF8.GetString(Frame.Text(frame)));

    private static FramedLine Framed(string line) => new LineFramer("Panda").Next(new LinePart(line, EndsLine: true));
}
