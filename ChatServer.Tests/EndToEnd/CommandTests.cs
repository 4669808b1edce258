using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 2: what each control message does, seen by the sender and by the others.</summary>
[TestClass]
public sealed class CommandTests
{
    private const string NotInChannel = "Not currently in any channel. Must join a channel before sending messages.";
    private const string JoinWhat = "/join command must be followed by the name of a channel to join.";
    private const string CreateWhat = "/create command must be followed by the name of a channel to create";
    private const string Valid = "is not a valid control message. Valid messages are /create, /list, and /join.";

    [TestMethod]
    [DataRow("hello", NotInChannel)]
    [DataRow(" /list", NotInChannel)]
    [DataRow("/create", CreateWhat)]
    [DataRow("/create   \t ", CreateWhat)]
    [DataRow("/create there", "Room there already exists, so cannot be created.")]
    [DataRow("/create there and more", "Room there already exists, so cannot be created.")]
    [DataRow("/join", JoinWhat)]
    [DataRow("/join nowhere", "No channel named nowhere exists. Try '/create nowhere'?")]
    [DataRow("/join There", "No channel named There exists. Try '/create There'?")]
    [DataRow("/join \t nowhere  else", "No channel named nowhere exists. Try '/create nowhere'?")]
    [DataRow("/list", "there")]
    [DataRow("/list anything at all", "there")]
    [DataRow("/joinx there", $"/joinx {Valid}")]
    [DataRow("/JOIN there", $"/JOIN {Valid}")]
    [DataRow("/listall", $"/listall {Valid}")]
    [DataRow("/", $"/ {Valid}")]
    [DataRow("/ list", $"/ {Valid}")]
    [DataRow("//", $"// {Valid}")]
    [DataRow("/grüße an alle", $"/grüße {Valid}")]
    public void The_sender_of(string message, string getsTheAnswer)
    {
        using var server = new TestServer();
        server.Gather("there", "Alice");
        WireClient panda = server.Enter("Panda");

        panda.Send(message);

        panda.Fence().MustBe(getsTheAnswer);
    }

    [TestMethod]
    [DataRow("/create")]
    [DataRow("/create room")]
    [DataRow("/create other")]
    [DataRow("/join")]
    [DataRow("/join nowhere")]
    [DataRow("/nothing")]
    [DataRow("/list")]
    public void The_others_see_nothing_of(string message)
    {
        using var server = new TestServer();
        server.Gather("other", "Bob");
        WireClient[] room = server.Gather("room", "Panda", "Alice");

        room[0].Send(message);
        room[0].Fence();

        Assert.IsEmpty(room[1].Fence());
    }

    [TestMethod]
    [DataRow("/create room")]
    [DataRow("/create other")]
    [DataRow("/join nowhere")]
    [DataRow("/join")]
    public void An_error_leaves_the_sender_where_it_was(string message)
    {
        using var server = new TestServer();
        server.Gather("other", "Bob");
        WireClient[] room = server.Gather("room", "Panda", "Alice");

        room[0].Send(message, "still here", "/list");

        Assert.AreEqual("[Panda] still here", room[1].Read());
        Assert.AreEqual("other\nroom", room[0].Fence()[^1], "An error creates nothing.");
    }

    [TestMethod]
    public void Create_takes_the_sender_out_of_its_channel_and_into_the_new_one()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice");
        WireClient bob = server.Enter("Bob");

        room[0].Send("/create new", "nobody is here yet");
        Assert.IsEmpty(room[0].Fence(), "A success is silent.");
        bob.Send("/join new");
        Assert.AreEqual("Bob has joined", room[0].Read());
        room[0].Send("now you are");
        room[0].Fence();

        room[1].Fence().MustBe("Panda has left");
        bob.Fence().MustBe("[Panda] now you are");
    }

    [TestMethod]
    public void Join_takes_the_sender_out_of_its_channel_and_into_the_other()
    {
        using var server = new TestServer();
        WireClient[] old = server.Gather("old", "Panda", "Alice");
        WireClient bob = server.Gather("new", "Bob")[0];

        old[0].Send("/join new", "hello");
        Assert.IsEmpty(old[0].Fence(), "A success is silent.");

        old[1].Fence().MustBe("Panda has left");
        bob.Fence().MustBe("Panda has joined", "[Panda] hello");
    }

    [TestMethod]
    public void Who_joins_the_channel_it_is_in_leaves_and_joins()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice");

        room[0].Send("/join room", "back");
        Assert.IsEmpty(room[0].Fence(), "A success is silent.");

        room[1].Fence().MustBe("Panda has left", "Panda has joined", "[Panda] back");
    }

    [TestMethod]
    public void A_channel_stays_when_its_last_member_leaves()
    {
        using var server = new TestServer();
        WireClient panda = server.Gather("first", "Panda")[0];

        panda.Send("/create second", "/list", "/join first", "/create first");

        panda.Fence().MustBe("first\nsecond", "Room first already exists, so cannot be created.");
    }

    [TestMethod]
    public void A_channel_stays_when_its_last_member_disconnects()
    {
        using var server = new TestServer();
        server.Gather("room", "Panda")[0].Dispose();
        server.AwaitConnections(0);

        WireClient alice = server.Enter("Alice");
        alice.Send("/list");

        Assert.AreEqual("room", alice.Read());
    }

    [TestMethod]
    public void List_sends_nothing_where_there_is_no_channel()
    {
        using var server = new TestServer();
        WireClient panda = server.Enter("Panda");

        panda.Send("/list");

        Assert.IsEmpty(panda.Fence());
    }

    [TestMethod]
    public void List_is_in_ordinal_order()
    {
        using var server = new TestServer();
        WireClient panda = server.Enter("Panda");

        panda.Send("/create b", "/create é", "/create B", "/create a", "/create 10", "/create 9", "/list");

        Assert.AreEqual("10\n9\nB\na\nb\né", panda.Read());
    }
}
