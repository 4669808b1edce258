using System.Globalization;
using ThreadedChat.ChatClient;

namespace ThreadedChat.ChatServer.Tests.Client;

[TestClass]
public sealed class ConversationTests
{
    private readonly Conversation _conversation = new();

    [TestMethod]
    public void Who_speaks_comes_or_goes_is_a_member_the_latest_first()
    {
        Hear("[Alice] hi", "Big Bob has joined", "Carol has left", "[Alice] again", "[not a message", "[] x");

        Assert.AreSequenceEqual(["Alice", "Carol", "Big Bob"], _conversation.Members);
    }

    [TestMethod]
    public void The_answer_to_list_names_channels_whatever_comes_in_between()
    {
        _conversation.Said("/list");
        Hear("one\ntwo", "[Alice] three", "Bob has left", "four");
        _conversation.Said("thanks");
        Hear("Not currently in any channel. Must join a channel before sending messages.");

        Assert.AreSequenceEqual(["four", "two", "one"], _conversation.Channels);
    }

    [TestMethod]
    [DataRow("/join room")]
    [DataRow("/create room")]
    [DataRow("/join   room and more")]
    public void A_channel_counts_as_joined_unless_the_server_says_otherwise(string command)
    {
        _conversation.Said(command);

        Assert.AreEqual("room", _conversation.Channel);
        Assert.AreSequenceEqual(["room"], _conversation.Channels);
    }

    [TestMethod]
    [DataRow("/join room", "No channel named room exists. Try '/create room'?")]
    [DataRow("/create room", "Room room already exists, so cannot be created.")]
    [DataRow("/create room", "No more channels can be created on this server.")]
    public void After_a_refusal_we_are_where_we_were(string command, string refusal)
    {
        _conversation.Said("/join home");
        _conversation.Said(command);

        _conversation.Heard(refusal);

        Assert.AreEqual("home", _conversation.Channel);
    }

    [TestMethod]
    [DataRow("hello")]
    [DataRow("/list room")]
    [DataRow("/joinx room")]
    [DataRow("/join")]
    [DataRow(" /join room")]
    public void What_is_no_join_joins_nothing(string line)
    {
        _conversation.Said(line);

        Assert.IsNull(_conversation.Channel);
    }

    [TestMethod]
    [DataRow("/join other")]
    [DataRow("/join home")]
    [DataRow("/create other")]
    [DataRow("/list")]
    [DataRow("hello")]
    public void A_line_that_did_not_go_out_changes_nothing(string line)
    {
        _conversation.Said("/join home");
        _conversation.Said(line);

        _conversation.TakeBack();
        Hear("no answer to a list");

        Assert.AreEqual("home", _conversation.Channel);
        Assert.AreSequenceEqual(["home"], _conversation.Channels);
    }

    [TestMethod]
    public void A_channel_that_does_not_exist_is_not_offered_again()
    {
        _conversation.Said("/join rom");

        _conversation.Heard("No channel named rom exists. Try '/create rom'?");

        Assert.IsEmpty(_conversation.Channels);
    }

    [TestMethod]
    public void Only_the_latest_names_are_kept()
    {
        for (int i = 0; i <= Conversation.MaxNames; i++)
        {
            _conversation.Heard($"[{i.ToString(CultureInfo.InvariantCulture)}] hi");
        }

        Assert.HasCount(Conversation.MaxNames, _conversation.Members);
        Assert.AreEqual("1", _conversation.Members[^1]);
    }

    private void Hear(params string[] texts) => Array.ForEach(texts, _conversation.Heard);
}
