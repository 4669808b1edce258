using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, sections 2 and 3: who gets what.</summary>
[TestClass]
public sealed class DeliveryTests
{
    [TestMethod]
    public void A_message_goes_to_every_other_member_and_to_nobody_else()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice", "Bob");
        WireClient[] elsewhere = [.. server.Gather("other", "Carol"), server.Enter("Dave"), server.Connect()];

        room[0].Send("hello");
        Assert.IsEmpty(room[0].Fence(), "The sender gets no echo.");

        room[1].Fence().MustBe("[Panda] hello");
        room[2].Fence().MustBe("[Panda] hello");
        Assert.IsEmpty(elsewhere[0].Fence(), "Not in another channel.");
        Assert.IsEmpty(elsewhere[1].Fence(), "Not in no channel.");
        elsewhere[2].Send("Eve");
        Assert.IsEmpty(elsewhere[2].Fence(), "Not without a name.");
    }

    [TestMethod]
    public void Nobody_is_sent_anything_it_did_not_ask_for()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice");

        room[0].Send("said before", "/create new", "/join room", "");
        Assert.IsEmpty(room[0].Fence(), "No banner, no echo, no answer to a success.");
        room[1].Fence();
        WireClient bob = server.Enter("Bob");
        bob.Send("/join room");

        Assert.IsEmpty(bob.Fence(), "No history, no list of members.");
    }

    [TestMethod]
    public void Who_has_left_gets_nothing_more()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice", "Bob");

        room[1].Send("/create away");
        Assert.IsEmpty(room[1].Fence());
        room[0].Send("are you there?");
        room[0].Fence();

        Assert.IsEmpty(room[1].Fence());
        room[2].Fence().MustBe("Alice has left", "[Panda] are you there?");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("\n")]
    [DataRow(" \t\r\n ")]
    public void A_blank_frame_is_ignored(string blank)
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice");

        room[0].Send(Enumerable.Repeat(blank, 1000));
        Assert.IsEmpty(room[0].Fence());

        Assert.IsEmpty(room[1].Fence());
    }

    [TestMethod]
    public void A_blank_frame_without_a_channel_is_ignored()
    {
        using var server = new TestServer();
        WireClient panda = server.Enter("Panda");

        panda.Send("", "\n", " \t", "");

        Assert.IsEmpty(panda.Fence());
    }

    [TestMethod]
    public void Two_clients_of_one_name_are_two_clients()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Panda", "Alice");

        room[0].Send("from one");
        room[1].Read(1).MustBe("[Panda] from one");
        room[1].Send("from two");
        room[0].Read(1).MustBe("[Panda] from two");
        room[0].Dispose();

        room[1].Read(1).MustBe("Panda has left");
        room[2].Read(3).MustBe("[Panda] from one", "[Panda] from two", "Panda has left");
        room[1].Send("still here");
        room[2].Read(1).MustBe("[Panda] still here");
    }
}
