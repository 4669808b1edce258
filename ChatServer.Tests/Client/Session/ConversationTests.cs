using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatClient.Session;

namespace ThreadedChat.ChatServer.Tests.Client.Session;

[TestClass]
public sealed class ConversationTests
{
    private const int First = 1;
    private const int Second = 2;

    private readonly Conversation _conversation = new(new FakeTimeProvider());

    public ConversationTests() => _conversation.Connected(First);

    [TestMethod]
    public void Senders_and_names_in_notices_are_members_with_the_latest_first()
    {
        Hear("[Alice] hi", "Big Bob has joined", "Carol has left", "[Alice] again", "[not a message", "[] x");

        Assert.AreSequenceEqual(["Alice", "Carol", "Big Bob"], _conversation.Members);
    }

    [TestMethod]
    public void The_answer_to_list_names_channels_also_between_other_frames()
    {
        Say("/list");
        Hear("one\ntwo", "[Alice] three", "Bob has left", "four");
        Say("thanks");
        Hear("Not currently in any channel. Must join a channel before sending messages.", "five");

        Assert.AreSequenceEqual(["four", "two", "one"], _conversation.Channels);
    }

    [TestMethod]
    public void An_answer_to_an_earlier_request_is_not_a_channel()
    {
        Say("hello");
        Say("/create home");
        Say("/list");
        Hear("Not currently in any channel. Must join a channel before sending messages.", "Room home already exists, so cannot be created.", "home");

        Assert.AreSequenceEqual(["home"], _conversation.Channels);
    }

    [TestMethod]
    [DataRow("/join room")]
    [DataRow("/create room")]
    [DataRow("/join   room and more")]
    [DataRow("/join\troom")]
    public void A_channel_counts_as_joined_unless_the_server_rejects_the_join(string command)
    {
        Say(command);

        Assert.AreEqual("room", _conversation.Channel);
        Assert.AreSequenceEqual(["room"], _conversation.Channels);
    }

    [TestMethod]
    [DataRow("/join room", "No channel named room exists. Try '/create room'?")]
    [DataRow("/create room", "Room room already exists, so cannot be created.")]
    [DataRow("/create room", "No more channels can be created on this server.")]
    public void After_a_rejection_the_client_is_in_its_old_channel(string command, string rejection)
    {
        Say("/join home");
        Say(command);

        Hear(rejection);

        Assert.AreEqual("home", _conversation.Channel);
    }

    [TestMethod]
    [DataRow("hello")]
    [DataRow("/list room")]
    [DataRow("/joinx room")]
    [DataRow("/join")]
    [DataRow(" /join room")]
    [DataRow("/JOIN room")]
    public void A_line_that_the_server_does_not_read_as_a_join_changes_no_channel(string line)
    {
        Say(line);

        Assert.IsNull(_conversation.Channel);
    }

    [TestMethod]
    [DataRow("/join other")]
    [DataRow("/join home")]
    [DataRow("/create other")]
    [DataRow("/list")]
    [DataRow("hello")]
    public void A_line_that_is_typed_while_there_is_no_connection_changes_nothing(string line)
    {
        Say("/join home");
        _conversation.Lost(arrived: 2, isBroken: false);

        Outgoing outgoing = Enter(line);
        Assert.AreEqual((LineDelivery.NotConnected, LineDelivery.NotSent), (outgoing.Connection, outgoing.News));
        Assert.IsEmpty(outgoing.Frames);
        Hear("no answer to a list");

        Assert.AreEqual("home", _conversation.Channel);
        Assert.AreSequenceEqual(["home"], _conversation.Channels);
    }

    [TestMethod]
    public void Lines_that_did_not_arrive_are_reported_and_change_no_channel()
    {
        Say("/join home");
        Say("hello");
        Say("/join other");
        Say("are you there?");

        Assert.AreSequenceEqual(
            ["This line was probably lost: /join other", "This line was probably lost: are you there?"],
            _conversation.Lost(arrived: 3, isBroken: true)); // the name, and two lines
        Assert.AreEqual("home", _conversation.Channel);
    }

    [TestMethod]
    public void Without_acknowledgements_lines_are_in_doubt_only_after_a_broken_connection()
    {
        Say("/join home");
        Assert.AreSequenceEqual(["This line was perhaps lost: /join home"], _conversation.Lost(arrived: null, isBroken: true));
        Assert.AreEqual("home", _conversation.Channel, "Perhaps it was not.");

        _conversation.Connected(Second, "home");
        Say("hello");
        Assert.IsEmpty(_conversation.Lost(arrived: null, isBroken: false));
    }

    [TestMethod]
    public void A_new_connection_counts_its_own_frames()
    {
        Say("/join home");
        _conversation.Lost(arrived: 2, isBroken: false);
        _conversation.Connected(Second, "home");

        Assert.AreEqual(Second, Enter("hello").Connection);

        Assert.AreSequenceEqual(["This line was probably lost: hello"], _conversation.Lost(arrived: 3, isBroken: true)); // name, create, join
        Assert.AreEqual("home", _conversation.Channel);
    }

    [TestMethod]
    public void A_server_that_rejected_the_client_has_handled_no_line_and_the_channel_is_requested_again()
    {
        Say("/join home");
        _conversation.Lost(arrived: 2, isBroken: false);
        _conversation.Connected(Second, "home");
        Say("/join other");

        Assert.AreSequenceEqual(["This line was probably lost: /join other"], _conversation.Lost(arrived: 0, isBroken: false));
        Assert.AreEqual("home", _conversation.Channel);
    }

    [TestMethod]
    public void A_channel_that_does_not_exist_is_not_offered_again()
    {
        Say("/join rom");

        Hear("No channel named rom exists. Try '/create rom'?");

        Assert.IsEmpty(_conversation.Channels);
    }

    [TestMethod]
    public void Only_the_latest_names_are_kept()
    {
        for (int i = 0; i <= SeenNames.Max; i++)
        {
            Hear($"[{i.ToString(CultureInfo.InvariantCulture)}] hi");
        }

        Assert.HasCount(SeenNames.Max, _conversation.Members);
        Assert.AreEqual("1", _conversation.Members[^1]);
    }

    private void Say(string line) => Assert.AreNotEqual(LineDelivery.NotConnected, Enter(line).Connection);

    private Outgoing Enter(string line)
    {
        _conversation.Typed(line, Framed(line));
        return _conversation.Next()!.Value;
    }

    private void Hear(params string[] texts) => Array.ForEach(texts, text => _conversation.NoteReceived(new ReceivedText(text)));

    private static FramedLine Framed(string line) => new LineFramer("Panda").Next(new LinePart(line, EndsLine: true));
}
