using System.Net;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 6: the texts of a server that has enough, over real sockets.</summary>
[TestClass]
public sealed class LimitTests
{
    private const string Full = "The server is full. Please try again later.";

    [TestMethod]
    public void One_client_too_many_is_told_that_the_server_is_full()
    {
        using var server = new TestServer(new ServerOptions { MaxConnections = 2, GoodbyeTimeout = Limit.Wait });
        WireClient[] room = server.Gather("room", "Panda", "Alice");
        WireClient third = server.Connect();

        third.Send("Bob", "/join room");

        third.ReadToEnd().MustBe(Full);
        Assert.IsEmpty(room[1].Fence(), "The others are not disturbed.");
    }

    [TestMethod]
    public void Who_is_refused_is_told_before_it_says_anything()
    {
        using var server = new TestServer(new ServerOptions { MaxConnections = 1 });
        server.Enter("Panda");

        server.Connect().ReadToEnd().MustBe(Full);
    }

    [TestMethod]
    public void A_place_is_free_again_when_its_client_has_gone()
    {
        using var server = new TestServer(new ServerOptions { MaxConnections = 1 });
        WireClient panda = server.Enter("Panda");
        server.Connect().ReadToEnd().MustBe(Full);

        panda.Dispose();
        server.AwaitConnections(0);

        server.Enter("Alice"); // fails where it is refused
    }

    [TestMethod]
    public void Who_was_refused_takes_no_place()
    {
        using var server = new TestServer(new ServerOptions { MaxConnections = 2, GoodbyeTimeout = Limit.Wait });
        WireClient[] room = server.Gather("room", "Panda", "Alice");
        foreach (int _ in Enumerable.Range(0, 5))
        {
            server.Connect().ReadToEnd().MustBe(Full);
        }

        room[0].Dispose();
        room[1].Dispose();
        server.AwaitConnections(0);

        server.Gather("again", "Panda", "Alice");
    }

    [TestMethod]
    public void Clients_of_one_address_have_a_limit_of_their_own()
    {
        using var server = new TestServer(new ServerOptions { MaxPerAddress = 1 });
        WireClient first = server.Connect(from: IPAddress.Parse("127.0.0.1"));
        first.Send("Panda");
        Assert.IsEmpty(first.Fence());

        server.Connect(from: IPAddress.Parse("127.0.0.1")).ReadToEnd().MustBe([Full], "The second of that address.");

        WireClient other = server.Connect(from: IPAddress.Parse("127.0.0.2"));
        other.Send("Alice");
        Assert.IsEmpty(other.Fence(), "Another address.");
        first.Dispose();
        server.AwaitConnections(1);
        WireClient again = server.Connect(from: IPAddress.Parse("127.0.0.1"));
        again.Send("Bob");
        Assert.IsEmpty(again.Fence(), "The first has gone.");
    }

    [TestMethod]
    public void There_are_only_so_many_channels()
    {
        using var server = new TestServer(new ServerOptions { MaxChannels = 2 });
        server.Gather("other", "Bob");
        WireClient[] room = server.Gather("room", "Panda", "Alice");

        room[0].Send("/create third", "/list", "still here", "/create other");

        room[0].Fence().MustBe(
            "No more channels can be created on this server.",
            "other\nroom",
            "Room other already exists, so cannot be created.");
        room[1].Fence().MustBe("[Panda] still here");
    }
}
