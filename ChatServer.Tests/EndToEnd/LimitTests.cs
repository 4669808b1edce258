using System.Net;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 6: the texts of a server that has enough, over real sockets.</summary>
[TestClass]
public sealed class LimitTests
{
    private const string FromAddress = "There are too many connections from your address. Please try again later.";
    private const string Full = "The server is full. Please try again later.";

    [TestMethod]
    public void A_client_above_the_limit_gets_SERVER_FULL()
    {
        using var server = new TestServer(new ServerOptions { MaxConnections = 2, DrainTimeout = Limit.Wait });
        (_, WireClient alice) = server.Gather("room", "Panda", "Alice");
        WireClient third = server.Connect();

        third.Send("Bob", "/join room");

        third.ReadToEnd().MustBe(Full);
        Assert.IsEmpty(alice.Fence(), "The others are not disturbed.");
    }

    [TestMethod]
    public void A_rejected_client_gets_the_reason_before_it_sends_anything()
    {
        using var server = new TestServer(new ServerOptions { MaxConnections = 1 });
        server.Enter("Panda");

        server.Connect().ReadToEnd().MustBe(Full);
    }

    [TestMethod]
    public void A_place_is_free_again_when_its_client_has_left()
    {
        using var server = new TestServer(new ServerOptions { MaxConnections = 1 });
        WireClient panda = server.Enter("Panda");
        server.Connect().ReadToEnd().MustBe(Full);

        panda.Dispose();
        server.AwaitConnections(0);

        server.Enter("Alice"); // fails if it is rejected
    }

    [TestMethod]
    public void A_rejected_connection_takes_no_place()
    {
        using var server = new TestServer(new ServerOptions { MaxConnections = 2, DrainTimeout = Limit.Wait });
        (WireClient panda, WireClient alice) = server.Gather("room", "Panda", "Alice");
        foreach (int _ in Enumerable.Range(0, 5))
        {
            server.Connect().ReadToEnd().MustBe(Full);
        }

        panda.Dispose();
        alice.Dispose();
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

        server.Connect(from: IPAddress.Parse("127.0.0.1")).ReadToEnd().MustBe([FromAddress], "The second of that address.");

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
    public void A_client_that_connects_too_often_gets_the_reason_and_others_can_connect()
    {
        using var server = new TestServer(new ServerOptions { AddressRate = 1, AddressBurst = 3, TrustLoopback = false });
        var noisy = IPAddress.Parse("127.0.1.1");
        var other = IPAddress.Parse("127.9.9.9");
        WireClient[] first = [.. Enumerable.Range(0, 3).Select(_ => server.Connect(from: noisy))];

        server.Connect(from: noisy).ReadToEnd().MustBe(FromAddress);

        WireClient alice = server.Connect(from: other);
        alice.Introduce("Alice");
        first[0].Introduce("Bob");
    }

    [TestMethod]
    public void This_machine_and_trusted_networks_have_no_limit_of_connections_per_second()
    {
        using var byDefault = new TestServer(new ServerOptions { AddressRate = 1, AddressBurst = 1 });
        using var trusting = new TestServer(new ServerOptions
        {
            AddressRate = 1,
            AddressBurst = 1,
            MaxPerAddress = 1,
            TrustLoopback = false,
            Trusted = [IPNetwork.Parse("127.0.1.0/24")],
        });

        for (int i = 0; i < 10; i++)
        {
            byDefault.Connect().Introduce("Panda");
            trusting.Connect(from: IPAddress.Parse("127.0.1.7")).Introduce("Panda");
        }
    }

    [TestMethod]
    public void The_last_places_are_for_addresses_without_a_client()
    {
        using var server = new TestServer(new ServerOptions { MaxConnections = 4, ReservedPlaces = 2, TrustLoopback = false });
        var greedy = IPAddress.Parse("127.0.1.1");
        server.Connect(from: greedy).Introduce("One");
        server.Connect(from: greedy).Introduce("Two");

        server.Connect(from: greedy).ReadToEnd().MustBe(FromAddress);
        server.Connect(from: IPAddress.Parse("127.0.1.2")).Introduce("Three");
        server.Connect(from: IPAddress.Parse("127.0.1.3")).Introduce("Four");

        server.Connect(from: IPAddress.Parse("127.0.1.4")).ReadToEnd().MustBe(Full);
    }

    [TestMethod]
    public void A_server_with_fixed_channels_rejects_every_create()
    {
        using var server = new TestServer(new ServerOptions { Channels = ["tea", "coffee"], MayCreate = false });
        WireClient panda = server.Enter("Panda");

        panda.Send("/list", "/create milk", "/create tea", "/join milk", "/join tea", "/list");

        panda.Fence().MustBe(
            "coffee\ntea",
            "No more channels can be created on this server.",
            "Room tea already exists, so cannot be created.",
            "No channel named milk exists. Try '/create milk'?",
            "coffee\ntea");
    }

    [TestMethod]
    public void With_channel_ttl_an_empty_channel_is_removed()
    {
        using var server = new TestServer(new ServerOptions { ChannelTtl = TimeSpan.FromMilliseconds(1), Channels = ["room"] });
        WireClient panda = server.Enter("Panda");
        WireClient alice = server.Enter("Alice");
        alice.Send("/create hers");
        panda.Send("/create tea", "/join room");

        Eventually.True(
            () =>
            {
                panda.Send("/list");
                return panda.Fence() is ["hers\nroom"];
            },
            "only the empty channel should go");
        alice.Send("/list");
        alice.Fence().MustBe("hers\nroom");
    }

    [TestMethod]
    public void The_channels_of_one_address_are_limited()
    {
        using var server = new TestServer(new ServerOptions { MaxChannels = 3 });
        server.Gather("other", "Bob");
        (WireClient panda, WireClient alice) = server.Gather("room", "Panda", "Alice");

        panda.Send("/create third", "/list", "still here", "/create other");

        panda.Fence().MustBe(
            "No more channels can be created on this server.",
            "other\nroom",
            "Room other already exists, so cannot be created.");
        alice.Fence().MustBe("[Panda] still here");
    }
}
