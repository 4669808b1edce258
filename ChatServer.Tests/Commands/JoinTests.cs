using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class JoinTests
{
    [TestMethod]
    public void Only_the_members_get_the_notice_of_a_join()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");
        ChatUser dave = chat.Admit("Dave");
        ChatUser elsewhere = chat.AdmitTo("coffee", "Eve");
        ChatUser nowhere = chat.Admit("Frank");

        dave.Sends("/join tea");

        alice.Got("Dave has joined");
        bob.Got("Dave has joined");
        carol.Got("Dave has joined");
        dave.GotNothing();
        elsewhere.GotNothing();
        nowhere.GotNothing();
    }

    [TestMethod]
    public void A_client_that_joins_a_channel_leaves_its_old_one()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");
        ChatUser dave = chat.AdmitTo("coffee", "Dave");

        alice.Sends("/join coffee", "Hello!");
        bob.Sends("Is she gone?");

        alice.GotNothing();
        bob.Got("Alice has left");
        carol.Got("Alice has left", "[Bob] Is she gone?");
        dave.Got("Alice has joined", "[Alice] Hello!");
    }

    [TestMethod]
    public void The_others_get_both_notices_about_a_client_that_joins_its_own_channel()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");

        alice.Sends("/join tea");
        bob.Sends("Hello!");

        alice.Got("[Bob] Hello!");
        bob.Got("Alice has left", "Alice has joined");
        carol.Got("Alice has left", "Alice has joined", "[Bob] Hello!");
    }

    [TestMethod]
    [DataRow("/join")]
    [DataRow("/join  ")]
    public void Without_a_name_the_sender_stays_where_it_is(string command)
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");

        alice.Sends(command, "still here");

        alice.Got("/join command must be followed by the name of a channel to join.");
        bob.Got("[Alice] still here");
        carol.Got("[Alice] still here");
    }

    [TestMethod]
    public void A_join_of_an_unknown_channel_does_not_create_it()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");

        alice.Sends("/join cocoa", "/list", "still here");

        alice.Got("No channel named cocoa exists. Try '/create cocoa'?", "tea");
        bob.Got("[Alice] still here");
        carol.Got("[Alice] still here");
    }

    [TestMethod]
    public void A_channel_stays_when_its_last_member_leaves()
    {
        using var chat = new Chat();
        ChatUser alice = chat.AdmitTo("tea", "Alice");
        ChatUser bob = chat.Admit("Bob");

        alice.Leaves();
        bob.Sends("/list", "/create tea", "/join tea");

        bob.Got("tea", "Room tea already exists, so cannot be created.");
    }

    [TestMethod]
    public void A_client_that_joins_gets_no_earlier_message()
    {
        using var chat = new Chat();
        (ChatUser alice, _, _) = chat.Three("tea");
        ChatUser dave = chat.Admit("Dave");

        alice.Sends("before");
        dave.Sends("/join tea");
        alice.Sends("after");

        dave.Got("[Alice] after");
    }

    [TestMethod]
    public void A_name_too_long_for_the_answer_is_shortened_in_it()
    {
        using var chat = new Chat();
        ChatUser alice = chat.Admit("Alice");

        alice.Sends("/join " + new string('c', 190));

        string shortened = new('c', 79);
        alice.Got($"No channel named {shortened} exists. Try '/create {shortened}'?");
    }
}
