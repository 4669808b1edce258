using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class LeaveTests
{
    [TestMethod]
    [DataRow("/leave")]
    [DataRow("/leave now", DisplayName = "words behind it are ignored")]
    public void The_sender_leaves_its_channel_and_is_in_no_channel(string command)
    {
        using var chat = new Chat(extended: true);
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");

        alice.Sends(command, "hello?");
        bob.Sends("gone");

        alice.Got("Not currently in any channel. Must join a channel before sending messages.");
        bob.Got("Alice has left");
        carol.Got("Alice has left", "[Bob] gone");
    }

    [TestMethod]
    public void In_no_channel_the_sender_gets_an_answer_and_the_others_get_no_second_notice()
    {
        using var chat = new Chat(extended: true);
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");

        alice.Sends("/leave", "/leave");
        alice.Leaves();

        alice.Got("Not currently in any channel.");
        bob.Got("Alice has left");
    }

    [TestMethod]
    public void The_sender_can_join_again()
    {
        using var chat = new Chat(extended: true);
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");

        alice.Sends("/leave", "/join tea", "here");

        alice.GotNothing();
        bob.Got("Alice has left", "Alice has joined", "[Alice] here");
    }

    [TestMethod]
    public void A_leave_waits_for_a_slow_reader_of_the_channel()
    {
        using var chat = new Chat(extended: true);
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");
        bob.Outbox.IsSlow = true;
        alice.Sends("one");

        alice.Sends("/leave");

        Assert.AreEqual(1, bob.Outbox.Waits);
    }
}
