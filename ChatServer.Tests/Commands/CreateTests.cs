using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class CreateTests
{
    [TestMethod]
    public void Creating_a_channel_causes_no_frame()
    {
        using var chat = new Chat();
        ChatUser alice = chat.Admit("Alice");
        ChatUser bob = chat.Admit("Bob");
        ChatUser carol = chat.AdmitTo("coffee", "Carol");

        alice.Sends("/create tea");

        alice.GotNothing();
        bob.GotNothing();
        carol.GotNothing();
    }

    [TestMethod]
    public void A_client_that_creates_a_channel_is_in_it()
    {
        using var chat = new Chat();
        ChatUser alice = chat.Admit("Alice");
        ChatUser bob = chat.Admit("Bob");

        alice.Sends("/create tea");
        bob.Sends("/join tea");
        bob.Sends("Hello!");

        alice.Got("Bob has joined", "[Bob] Hello!");
    }

    [TestMethod]
    public void A_client_that_creates_a_channel_leaves_its_old_one()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("coffee");

        alice.Sends("/create tea");
        bob.Sends("Is she gone?");

        alice.GotNothing();
        bob.Got("Alice has left");
        carol.Got("Alice has left", "[Bob] Is she gone?");
    }

    [TestMethod]
    [DataRow("/create")]
    [DataRow("/create   ")]
    public void Without_a_name_nothing_is_created(string command)
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("coffee");

        alice.Sends(command, "/list", "still here");

        alice.Got("/create command must be followed by the name of a channel to create", "coffee");
        bob.Got("[Alice] still here");
        carol.Got("[Alice] still here");
    }

    [TestMethod]
    public void A_channel_that_exists_is_not_created_and_the_sender_stays_where_it_is()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("coffee");
        ChatUser dave = chat.AdmitTo("tea", "Dave");

        alice.Sends("/create tea", "still here");

        alice.Got("Room tea already exists, so cannot be created.");
        bob.Got("[Alice] still here");
        carol.Got("[Alice] still here");
        dave.GotNothing();
    }

    [TestMethod]
    public void A_member_that_creates_its_own_channel_gets_that_it_exists()
    {
        using var chat = new Chat();
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("tea");

        alice.Sends("/create tea");

        alice.Got("Room tea already exists, so cannot be created.");
        bob.GotNothing();
        carol.GotNothing();
    }

    [TestMethod]
    public void Names_of_channels_differ_by_case()
    {
        using var chat = new Chat();
        ChatUser alice = chat.AdmitTo("tea", "Alice");

        alice.Sends("/create Tea", "/list");

        alice.Got("Tea\ntea");
    }

    [TestMethod]
    public void Over_the_limit_of_channels_nothing_changes()
    {
        using var chat = new Chat(maxChannels: 1);
        (ChatUser alice, ChatUser bob, ChatUser carol) = chat.Three("coffee");

        alice.Sends("/create tea", "/create coffee", "/list", "still here");

        alice.Got(
            "No more channels can be created on this server.",
            "Room coffee already exists, so cannot be created.",
            "coffee");
        bob.Got("[Alice] still here");
        carol.Got("[Alice] still here");
    }
}
