using System.Net;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Tests.Connections;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>A server behind a proxy on this machine, with good and hostile headers.</summary>
[TestClass]
public sealed class ProxyTests : ProgramTests
{
    private const string TooMany = "There are too many connections from your address. Please try again later.";

    private static readonly ServerOptions Options = new()
    {
        Listen = new() { TakesProxies = true },
        NameTimeout = TimeSpan.FromMilliseconds(500),
        MaxPerAddress = 1,
    };

    private static readonly byte[] Header = ProxyHeaderTests.For(IPAddress.Parse("192.0.2.7"), 50000);

    [TestMethod]
    [DataRow(false, DisplayName = "in one piece with the name")]
    [DataRow(true, DisplayName = "byte by byte")]
    public void Behind_a_header_everything_is_as_without_one(bool isCut)
    {
        using var server = new TestServer(Options with { NameTimeout = TimeSpan.FromMinutes(1) });
        WireClient panda = server.Connect();
        if (isCut)
        {
            foreach (byte one in Header)
            {
                panda.SendBytes([one]);
            }

            panda.Introduce("Panda");
        }
        else
        {
            panda.SendBytes([.. Header, .. WireFrame.Encode(["Panda", "/create room", "/list"])]);
            Assert.AreEqual("room", panda.Read());
        }

        Assert.IsEmpty(panda.Fence());
    }

    [TestMethod]
    public void The_limit_of_an_address_counts_that_of_the_client_and_not_that_of_the_proxy()
    {
        using var server = new TestServer(Options);
        WireClient[] first = [.. ((string[])["192.0.2.7", "192.0.2.8", "2001:db8::1"]).Select(address => Enter(server, address))];
        WireClient second = server.Connect();

        second.SendBytes(ProxyHeaderTests.For(IPAddress.Parse("192.0.2.7"), 1));

        second.ReadToEnd().MustBe(TooMany);
        first[0].EndSending();
        first[0].ReadToEnd();
        server.AwaitConnections(2);
        Enter(server, "192.0.2.7");
    }

    [TestMethod]
    public void A_proxy_on_another_machine_is_known_by_its_address()
    {
        using var server = new TestServer(Options with
        {
            Listen = new() { Proxies = [IPNetwork.Parse("127.0.0.3/32")] },
            NameTimeout = TimeSpan.FromMinutes(1),
            MaxPerAddress = 2,
        });
        var proxy = IPAddress.Parse("127.0.0.3");
        WireClient panda = server.Connect(from: proxy);
        panda.SendBytes(Header);
        panda.Introduce("Panda");

        server.Enter("Alice"); // from any other address nobody sends a header
        WireClient bare = server.Connect(from: proxy);
        bare.Send("Bob");
        Assert.IsEmpty(bare.ReadToAnyEnd(), "A connection from a proxy begins with a header.");
    }

    [TestMethod]
    public void Behind_a_proxy_that_passes_TLS_through_the_address_of_a_client_is_known()
    {
        using var certificates = new TestCertificates();
        var identity = new TlsIdentity(new TlsFiles(certificates.ServerFile, certificates.ServerKeyFile));
        using var server = new TestServer(Options with { NameTimeout = TimeSpan.FromMinutes(1) }, identity: identity);
        WireClient proxied = server.Connect();
        proxied.SendBytes(Header);

        using WireClient panda = TlsTestClient.Connect(proxied.Socket, certificates.AuthorityFile);
        panda.Introduce("Panda");
        WireClient second = server.Connect();
        second.SendBytes(Header);

        Assert.IsEmpty(second.ReadToEnd(), "Without a handshake there is nobody who could read a reason.");
    }

    [TestMethod]
    [DataRow("Panda", DisplayName = "a name")]
    [DataRow("PROXY TCP4 192.0.2.7 127.0.0.1 50000 80\r\n", DisplayName = "version 1")]
    public void A_connection_from_this_machine_without_a_header_is_not_served(string text)
    {
        using var server = new TestServer(Options);
        WireClient client = server.Connect();

        client.Send(text);

        Assert.IsEmpty(client.ReadToAnyEnd());
    }

    [TestMethod]
    [DataRow(0, DisplayName = "nothing")]
    [DataRow(5, DisplayName = "a part of the signature")]
    [DataRow(16, DisplayName = "no address")]
    [DataRow(27, DisplayName = "all but one byte")]
    public void A_header_that_does_not_come_in_time_ends_the_connection(int length)
    {
        using var server = new TestServer(Options);
        WireClient client = server.Connect();

        client.SendBytes(Header.AsSpan(0, length));

        Assert.IsEmpty(client.ReadToAnyEnd());
        server.AwaitConnections(0);
    }

    [TestMethod]
    public void A_header_that_is_too_long_ends_the_connection_at_once()
    {
        using var server = new TestServer(Options with { NameTimeout = TimeSpan.FromMinutes(10) });
        WireClient client = server.Connect();

        client.SendBytes(ProxyHeaderTests.Header(0x21, 0x11, [], length: ushort.MaxValue));

        Assert.IsEmpty(client.ReadToAnyEnd());
    }

    [TestMethod]
    public void Headers_of_any_bytes_end_their_connection_alone()
    {
        using var server = new TestServer(Options with { MaxPerAddress = 0 });
        WireClient other = Enter(server, "192.0.2.1");
        var random = new Random(Soak.Seed);
        for (int i = 0; i < Soak.Size(60, 2_000); i++)
        {
            byte[] header = [.. Header, .. new byte[random.Next(40)]];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                header[random.Next(header.Length)] = (byte)random.Next(256);
            }

            using WireClient hostile = server.Connect();
            hostile.SendBytes(header);
            hostile.EndSending();
            hostile.ReadToAnyEnd();
        }

        Assert.IsEmpty(other.Fence(), $"Seed {Soak.Seed}");
        server.AwaitConnections(1);
    }

    [TestMethod]
    public void Connections_from_another_machine_have_no_header_so_no_client_can_choose_its_address()
    {
        using var network = new SeparateNetwork();
        using ChatProcess program = network.Start("./run.sh", "server", "0", "--proxy-protocol", "--name-timeout", "5");
        int port = RunScript.AwaitPort(program);

        using WireClient honest = WireClient.Connect(port, to: network.ServerAddress);
        honest.Introduce("Panda");
        using WireClient liar = WireClient.Connect(port, to: network.ServerAddress);
        liar.SendBytes([.. Header, .. WireFrame.Encode("Panda").AsSpan(0, WireFrame.Size - Header.Length)]);

        liar.ReadToEnd().MustBe("That name cannot be used: a name has 1 to 64 bytes and no brackets or line breaks.");
        Assert.IsEmpty(honest.Fence());
    }

    private static WireClient Enter(TestServer server, string address)
    {
        WireClient client = server.Connect();
        client.SendBytes(ProxyHeaderTests.For(IPAddress.Parse(address), 1));
        client.Introduce("Panda");
        return client;
    }
}
