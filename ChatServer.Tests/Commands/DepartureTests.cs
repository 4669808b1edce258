using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class DepartureTests
{
    [TestMethod]
    public void A_member_that_leaves_is_announced_once_to_the_other_members()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");
        ChatUser elsewhere = chat.AdmitTo("coffee", "Dave");
        ChatUser nowhere = chat.Admit("Eve");

        alice.Leaves();

        alice.GotNothing();
        bob.Got("Alice has left");
        carol.Got("Alice has left");
        elsewhere.GotNothing();
        nowhere.GotNothing();
    }

    [TestMethod]
    public void A_member_that_has_left_gets_no_further_message()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");

        alice.Leaves();
        bob.Sends("Is she gone?");
        carol.Leaves();

        alice.GotNothing();
        bob.Got("Alice has left", "Carol has left");
    }

    [TestMethod]
    public void Messages_of_a_leaving_member_arrive_before_its_notice()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");

        alice.Sends("Bye!");
        alice.Leaves();

        bob.Got("[Alice] Bye!", "Alice has left");
    }

    [TestMethod]
    public void After_a_lost_connection_its_commands_are_not_answered_and_its_messages_are_delivered()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");
        ChatUser dave = chat.AdmitTo("coffee", "Dave");
        alice.Outbox.IsOpen = false;

        alice.Sends("Bye!", "/list", "/nonsense", "/join", "/join nowhere", "/create tea", "/join coffee", "Hello!");

        alice.GotNothing();
        bob.Got("[Alice] Bye!", "Alice has left");
        dave.Got("Alice has joined", "[Alice] Hello!");
    }

    [TestMethod]
    public void While_others_wait_for_their_turn_no_message_of_a_lost_connection_is_delivered()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob) = LostBehindSlowReader(chat);

        alice.Sends([.. Enumerable.Range(0, 100).Select(i => $"message {i}"), "/join nowhere", "the end"]);

        const int Batch = MessageBatch.MaxBytesWhileSendersWait / Frame.Size;
        bob.Got([.. Enumerable.Range(0, Batch).Select(i => $"[Alice] message {i}")]);
    }

    [TestMethod]
    public void While_others_wait_for_their_turn_no_command_of_a_lost_connection_is_handled()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob) = LostBehindSlowReader(chat);

        alice.Sends("/join tea", "/join tea", "/join tea");

        bob.Got("Alice has left", "Alice has joined");
    }

    [TestMethod]
    public void A_client_in_no_channel_leaves_without_a_notice()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");
        ChatUser dave = chat.Admit("Dave");

        dave.Leaves();

        alice.GotNothing();
        bob.GotNothing();
        carol.GotNothing();
    }

    [TestMethod]
    public void A_client_that_changed_channels_is_announced_only_in_its_last_channel()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");
        ChatUser dave = chat.AdmitTo("coffee", "Dave");
        alice.Sends("/join coffee");
        bob.Got("Alice has left");
        dave.Got("Alice has joined");

        alice.Leaves();

        bob.GotNothing();
        dave.Got("Alice has left");
    }

    [TestMethod]
    public void If_one_of_two_clients_with_one_name_leaves_the_other_stays()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");
        ChatUser otherAlice = chat.AdmitTo("tea", "Alice");
        alice.Got("Alice has joined");
        bob.Got("Alice has joined");
        carol.Got("Alice has joined");

        alice.Leaves();
        otherAlice.Sends("I am still here");

        alice.GotNothing();
        otherAlice.Got("Alice has left");
        bob.Got("Alice has left", "[Alice] I am still here");
    }

    /// <summary>Alice, whose connection is lost while the senders of her channel wait, and Bob, for whom they wait.</summary>
    private static (ChatUser Alice, ChatUser Bob) LostBehindSlowReader(Chat chat)
    {
        (ChatUser alice, ChatUser bob, _) = chat.Three("tea");
        bob.Outbox.IsSlow = true;
        alice.Sends("Bob cannot keep up.");
        bob.Outbox.Take();
        alice.Outbox.IsOpen = false;
        return (alice, bob);
    }
}
