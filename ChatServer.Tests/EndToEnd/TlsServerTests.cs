using System.Security.Authentication;
using System.Text;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Tests.Reliability;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>A server that speaks TLS, with good and bad peers.</summary>
[TestClass]
public sealed class TlsServerTests : IDisposable
{
    private const string PlainAnswer = "This port speaks TLS only. Connect with TLS (client --tls), or to a port without it.";

    private readonly TestCertificates _certificates = new();
    private TlsIdentity? _identity;

    public void Dispose() => _certificates.Dispose();

    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public void People_chat_through_TLS_as_without_it(SslProtocols version)
    {
        using TestServer server = Start();
        using WireClient panda = Enter(server, "Panda", version);
        using WireClient alice = Enter(server, "Alice", version);
        panda.Send("/create room");
        panda.Fence();
        alice.Send("/join room", "hello");

        Assert.AreSequenceEqual(["Alice has joined", "[Alice] hello"], panda.Read(2));
        alice.EndSending();
        Assert.IsNull(alice.ReadFrame(), "The server ends its stream too.");
        Assert.AreEqual("Alice has left", panda.Read());
    }

    [TestMethod]
    [DataRow("Panda", DisplayName = "a name")]
    [DataRow("GET / HTTP/1.1\r\n\r\n")]
    [DataRow("\0")]
    [DataRow("x")]
    public void A_peer_that_speaks_no_TLS_gets_one_frame_and_the_end(string text)
    {
        using TestServer server = Start();
        WireClient plain = server.Connect();

        plain.SendBytes(Encoding.UTF8.GetBytes(text));

        plain.ReadToEnd().MustBe(PlainAnswer);
    }

    [TestMethod]
    [DataRow(new byte[] { 0x16 }, DisplayName = "a handshake that stalls after a byte")]
    [DataRow(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01 }, DisplayName = "a handshake that stalls")]
    [DataRow(new byte[0], DisplayName = "nothing")]
    public void A_peer_that_stalls_in_the_handshake_is_closed_like_one_that_gives_no_name(byte[] bytes)
    {
        using TestServer server = Start(new ServerOptions { NameTimeout = TimeSpan.FromMilliseconds(300) });
        WireClient staller = server.Connect();

        staller.SendBytes(bytes);

        Assert.IsEmpty(staller.ReadToAnyEnd());
    }

    [TestMethod]
    [DataRow(new byte[] { 0x16, 0x03, 0x01, 0x00, 0x04, 0xFF, 0xFF, 0xFF, 0xFF }, DisplayName = "a message that there is not")]
    [DataRow(new byte[] { 0x16, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, DisplayName = "a version that there is not")]
    [DataRow(new byte[] { 0x16, 0x03, 0x01, 0x00, 0x00, 0x16, 0x03, 0x01, 0x00, 0x00 }, DisplayName = "empty records")]
    [DataRow(new byte[] { 0x16, 0x03, 0x01, 0x00, 0x00 }, DisplayName = "an empty record and the end")]
    public void Garbage_in_the_handshake_ends_that_connection_alone(byte[] bytes)
    {
        using TestServer server = Start(new ServerOptions { NameTimeout = TimeSpan.FromSeconds(2) });
        using WireClient other = Enter(server, "Other");
        WireClient hostile = server.Connect();

        hostile.SendBytes(bytes);
        hostile.EndSending();

        hostile.ReadToAnyEnd();
        Assert.IsEmpty(other.Fence());
        server.AwaitConnections(1);
    }

    [TestMethod]
    public void Random_bytes_in_the_handshake_and_behind_it_end_that_connection_alone()
    {
        using TestServer server = Start(new ServerOptions { NameTimeout = TimeSpan.FromSeconds(2) });
        using WireClient other = Enter(server, "Other");
        var random = new Random(Soak.Seed);
        for (int i = 0; i < Soak.Size(40, 1_000); i++)
        {
            using WireClient hostile = i % 2 == 0 ? server.Connect() : Enter(server, $"Hostile-{i}");
            var bytes = new byte[random.Next(1, 2_000)];
            random.NextBytes(bytes);
            bytes[0] = i % 2 == 0 ? (byte)0x16 : (byte)0x17;
            hostile.Socket.Send(bytes);
            hostile.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            hostile.ReadToAnyEnd();
        }

        Assert.IsEmpty(other.Fence(), $"Seed {Soak.Seed}");
        server.AwaitConnections(1);
    }

    [TestMethod]
    public void If_too_many_handshakes_stall_other_clients_still_get_in_and_the_oldest_stalled_ones_are_closed()
    {
        const int Stalling = 90;
        const int MostWaiting = 64;
        using TestServer server = Start(new ServerOptions { MaxConnections = 200, NameTimeout = TimeSpan.FromMinutes(10) });
        WireClient[] stalling = [.. Enumerable.Range(0, Stalling).Select(_ => server.Connect())];
        foreach (WireClient client in stalling)
        {
            client.SendBytes([0x16, 0x03, 0x01, 0x02, 0x00]);
        }

        server.AwaitConnections(MostWaiting);
        using WireClient panda = Enter(server, "Panda");

        Assert.IsEmpty(panda.Fence());
        server.AwaitConnections(MostWaiting); // one more was cut off while Panda's handshake waited
        panda.Send("still here");
        Assert.AreSequenceEqual(["Not currently in any channel. Must join a channel before sending messages."], panda.Read(1));
    }

    [TestMethod]
    public void A_client_that_is_rejected_gets_a_polite_end_of_the_connection()
    {
        using TestServer server = Start(new ServerOptions { MaxConnections = 1, ReservedPlaces = 0 });
        using WireClient panda = Enter(server, "Panda");

        Assert.IsEmpty(server.Connect().ReadToEnd(), "Without a handshake there is nobody who could read a reason.");
        Assert.IsEmpty(panda.Fence());
    }

    [TestMethod]
    public void When_the_server_stops_each_client_gets_what_is_queued_and_the_end_of_its_TLS_stream()
    {
        using TestServer server = Start();
        using WireClient panda = Enter(server, "Panda");
        using WireClient alice = Enter(server, "Alice");
        WireClient stalling = server.Connect();
        stalling.SendBytes([0x16, 0x03]);
        panda.Send("/create room");
        panda.Fence();
        alice.Send("/join room", "the last word");
        alice.Fence();

        Task stop = server.BeginStop();

        Assert.AreSequenceEqual(["Alice has joined", "[Alice] the last word"], panda.ReadToEnd());
        Assert.IsEmpty(alice.ReadToEnd());
        stalling.Dispose();
        panda.Dispose();
        alice.Dispose();
        Eventually.Ended(stop, "the server should stop");
    }

    [TestMethod]
    public void A_client_that_stops_reading_is_a_slow_consumer_also_through_TLS()
    {
        using TestServer server = Start(new ServerOptions { SendLimits = new(20_000, 60_000, TimeSpan.FromMilliseconds(200)), SendBufferBytes = 4_096 });
        using WireClient deaf = Enter(server, "Deaf");
        using WireClient sender = Enter(server, "Sender");
        deaf.Send("/create room");
        deaf.Fence();
        sender.Send("/join room");

        // As soon as the one who does not read is cut off, the sender is told.
        for (string[] seen = []; !seen.Contains("Deaf has left");)
        {
            sender.Send(Enumerable.Repeat(new string('x', 180), 100));
            seen = sender.Fence();
        }
    }

    [TestMethod]
    public void Every_delivery_through_TLS_is_correct_while_the_certificate_is_renewed()
    {
        using TestServer server = Start(new ServerOptions { SendLimits = new(256 * 1024, 8 * 1024 * 1024, TimeSpan.FromSeconds(20)) });
        var crowd = new MovingCrowd(_ => TlsTestClient.Connect(server.Port, _certificates.AuthorityFile), Soak.Seed);
        using var isOver = new ManualResetEventSlim();
        int renewals = 0;

        Together.Run(
        [
            () =>
            {
                try
                {
                    for (int i = 0; i < Soak.Size(1, 10); i++)
                    {
                        crowd.Round();
                    }
                }
                finally
                {
                    isOver.Set();
                }
            },
            () =>
            {
                while (!isOver.Wait(TimeSpan.FromMilliseconds(100)))
                {
                    _certificates.Issue("server", "localhost");
                    Assert.Contains("was read again", _identity!.Reload());
                    renewals++;
                }
            },
        ], Limit.Load);

        Assert.IsGreaterThan(0, renewals);
        Assert.IsGreaterThan(10_000, crowd.Deliveries, $"{crowd}");
    }

    private TestServer Start(ServerOptions? options = null)
    {
        _identity = new TlsIdentity(new TlsFiles(_certificates.ServerFile, _certificates.ServerKeyFile, _certificates.AuthorityFile));
        return new TestServer(options ?? new ServerOptions(), identity: _identity);
    }

    private WireClient Enter(TestServer server, string name, SslProtocols version = SslProtocols.None)
    {
        WireClient client = TlsTestClient.Connect(server.Port, _certificates.AuthorityFile, version);
        client.Introduce(name);
        return client;
    }
}
