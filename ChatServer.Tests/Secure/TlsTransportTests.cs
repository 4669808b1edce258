using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Secure;

/// <summary>One end of a TLS connection without a server around it: the test does what reader and writer would.</summary>
[TestClass]
public sealed class TlsTransportTests : IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly Handshakes _handshakes = new(atOnce: 2, mostWaiting: 10);
    private readonly Socket _listener = ListenSocket.Open(0);
    private readonly Writer _writer = new(new Faults(new FaultLog()));
    private readonly List<IDisposable> _used = [];

    public void Dispose()
    {
        _used.ForEach(used => used.Dispose());
        _listener.Dispose();
        _writer.Dispose();
        _certificates.Dispose();
    }

    /// <summary>The server may stop before it receives anything: then it must know that there is something.</summary>
    [TestMethod]
    public void Text_that_comes_in_one_piece_with_the_end_of_the_handshake_has_arrived()
    {
        using var network = new StreamInPieces(new NetworkStream(ConnectPeer(), ownsSocket: true), direct: 1);
        TlsTransport server = Take(Files());
        TestThread reader = TestThread.Start("the reader", () => Assert.IsNull(server.Open(Turn())));
        using SslStream tls = TlsTestClient.Agree(network, _certificates.AuthorityFile, SslProtocols.Tls13);
        tls.Write(WireFrame.Encode("early"));

        network.SendRest();
        reader.AwaitEnd();

        Assert.IsTrue(server.HasInput);
        Assert.IsGreaterThanOrEqualTo(WireFrame.Size, server.ArrivedBytes);
        var buffer = new byte[2 * WireFrame.Size];
        Assert.AreEqual(WireFrame.Size, server.Receive(buffer));
        Assert.IsFalse(server.HasInput);
    }

    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public void One_end_receives_the_bytes_of_the_other(SslProtocols version)
    {
        (TlsTransport server, WireClient client) = Open(version);
        var buffer = new byte[WireFrame.Size];

        client.Send("to the server");
        Assert.AreEqual(WireFrame.Size, server.Receive(buffer));
        Assert.AreEqual("to the server", WireFrame.Decode(buffer));

        Assert.AreEqual(WireFrame.Size, server.SendNow(WireFrame.Encode("to the client")));
        Assert.AreEqual("to the client", client.Read());

        client.EndSending();
        Assert.AreEqual(0, server.Receive(buffer));
        Assert.IsTrue(server.EndSending());
        Assert.IsNull(client.ReadFrame());
    }

    [TestMethod]
    public void The_socket_blocks_before_and_after_the_end_so_no_call_was_asynchronous()
    {
        Needs.Linux();
        Socket? socket = null;
        (TlsTransport server, WireClient client) = Open(opened: accepted => socket = accepted);
        client.Send("something");
        server.Receive(new byte[WireFrame.Size]);
        server.SendNow(WireFrame.Encode("something"));
        Assert.IsFalse(IsNonBlocking(socket!));

        Assert.IsTrue(server.EndSending());

        Assert.IsFalse(IsNonBlocking(socket!));
        socket!.Blocking = false;
        Assert.IsTrue(IsNonBlocking(socket), "The check finds a socket that is non-blocking.");
    }

    [TestMethod]
    public void Sending_to_a_peer_that_does_not_read_never_waits_and_the_sent_bytes_arrive_in_order()
    {
        (TlsTransport server, WireClient client) = Open();
        int frames = 0;
        TestThread.Start("sending until there is no room", () =>
        {
            while (SendChunk(server, ref frames))
            {
            }
        }).AwaitEnd();

        bool hasEnded = server.EndSending();

        Assert.IsFalse(hasEnded, "The end of the stream should not fit the full buffer either.");
        Assert.IsGreaterThan(0, server.UnsentBytes);
        TestThread reader = TestThread.Start("the peer", () =>
        {
            for (int i = 0; i < frames; i++)
            {
                Assert.AreEqual($"{i}", client.Read());
            }

            Assert.IsNull(client.ReadFrame(), "The end comes behind all frames.");
        });
        Eventually.True(server.EndSending, "the end should go out");
        reader.AwaitEnd();
    }

    [TestMethod]
    public void What_counts_as_sent_is_with_the_system_and_no_part_of_a_record_waits_for_more_to_send()
    {
        Needs.Linux();
        Socket? socket = null;
        TlsTransport server = Open(opened: accepted => socket = accepted).Server;
        int frames = 0;

        while (SendChunk(server, ref frames))
        {
            Eventually.True(() => server.UnsentBytes == SocketCalls.Unsent(socket!), "nothing should wait in the server");
        }

        Assert.IsGreaterThan(SocketCalls.Unsent(socket!), server.UnsentBytes, "A record should have found no room.");
    }

    [TestMethod]
    public void The_writer_does_not_wait_for_a_reader_that_decrypts_to_encrypt_something_or_the_end_of_the_stream()
    {
        (TlsTransport server, WireClient client) = Open();
        int sent = -1;
        bool hasEnded = true;
        lock (GateOf(server))
        {
            TestThread.Start("the writer", () =>
            {
                sent = server.SendNow(WireFrame.Encode("later"));
                hasEnded = server.EndSending();
            }).AwaitEnd();
        }

        Assert.AreEqual((0, false), (sent, hasEnded));
        Assert.AreEqual(WireFrame.Size, server.SendNow(WireFrame.Encode("later")));
        Assert.IsTrue(server.EndSending());
        Assert.AreEqual("later", client.Read());
        Assert.IsNull(client.ReadFrame());
    }

    [TestMethod]
    public void What_is_encrypted_is_counted_and_sent_also_while_a_reader_decrypts()
    {
        (TlsTransport server, WireClient client) = Open();
        int frames = 0;
        while (SendChunk(server, ref frames))
        {
        }

        TestThread reader = TestThread.Start("the peer", () => client.Read(frames));
        lock (GateOf(server))
        {
            TestThread.Start("the writer", () => Eventually.True(
                () => server.SendNow(WireFrame.Encode("not yet")) >= 0 && server.UnsentBytes == 0, "what was encrypted should go out")).AwaitEnd();
        }

        reader.AwaitEnd();
    }

    [TestMethod]
    public void A_client_that_sends_each_byte_in_a_record_of_its_own_is_served()
    {
        const int Bytes = 20_000; // with 22 bytes around each: far more than a peer may send without text
        (TlsTransport server, WireClient client) = Open();
        TestThread sender = TestThread.Start("the peer", () =>
        {
            for (int i = 0; i < Bytes; i++)
            {
                client.SendBytes([(byte)' ']);
            }

            client.EndSending();
        });

        var buffer = new byte[1_000];
        int count;
        int received = 0;
        while ((count = server.Receive(buffer)) > 0)
        {
            received += count;
        }

        Assert.AreEqual((0, Bytes), (count, received));
        sender.AwaitEnd();
    }

    [TestMethod]
    public void Receiving_without_a_wait_takes_what_is_there_and_never_waits_for_the_rest_of_a_record()
    {
        (TlsTransport server, WireClient client) = Open();
        var buffer = new byte[64 * 1024];
        int count = -1;
        TestThread.Start("receiving nothing", () => count = server.ReceiveNow(buffer)).AwaitEnd();
        Assert.AreEqual(0, count);

        client.SendBytes(WireFrame.Encode(Enumerable.Repeat("x", 5)));
        Eventually.True(() => server.HasInput, "the record should come");
        Assert.AreEqual(1_000, server.Receive(buffer.AsSpan(0, 1_000)));

        // The buffer was filled, so there might be more: the one that asks must not wait for it.
        TestThread.Start("receiving nothing more", () => count = server.ReceiveNow(buffer)).AwaitEnd();
        Assert.AreEqual(0, count);

        client.Send("behind it");
        Assert.AreEqual(WireFrame.Size, server.Receive(buffer));
        client.Send("one", "two");
        Eventually.True(() => (count = server.ReceiveNow(buffer)) != 0, "the record should come");
        Assert.AreEqual(2 * WireFrame.Size, count);
    }

    [TestMethod]
    public void A_certificate_of_the_authority_proves_its_name_and_none_proves_nothing()
    {
        Assert.AreEqual("Ana", Open(own: Own(_certificates, "Ana")).Server.AuthenticatedName);
        Assert.IsNull(Open().Server.AuthenticatedName);
    }

    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public void A_certificate_of_another_authority_is_rejected_for_any_name(SslProtocols version)
    {
        using var others = new TestCertificates(); // an authority of the same name, with another key
        TlsTransport server = Accept(version, Own(others, "Ana"), out TransportFault? fault, out _);

        Assert.IsNotNull(fault);
        Assert.IsNull(fault.Answer);
        Assert.IsNull(server.AuthenticatedName);
        Assert.DoesNotContain("Ana", fault.What);
    }

    [TestMethod]
    [DataRow(-0.5, true, DisplayName = "expired")]
    [DataRow(0.5, true, DisplayName = "not valid yet")]
    [DataRow(null, false, DisplayName = "for servers alone")]
    public void A_certificate_of_the_authority_that_is_not_for_this_use_or_time_proves_nothing(double? begins, bool isForClients)
    {
        (string certificate, string key) = _certificates.Issue("client", "Ana", begins, isForClients);

        TlsTransport server = Accept(SslProtocols.None, X509Certificate2.CreateFromPemFile(certificate, key), out TransportFault? fault, out _);

        Assert.IsNotNull(fault);
        Assert.IsNull(server.AuthenticatedName);
    }

    [TestMethod]
    public void A_certificate_is_not_asked_for_without_authorities()
    {
        var files = new TlsFiles(_certificates.ServerFile, _certificates.ServerKeyFile);

        Assert.IsNull(Open(own: Own(_certificates, "Ana"), files: files).Server.AuthenticatedName);
    }

    [TestMethod]
    public void Frames_before_the_end_of_the_handshake_are_dropped_and_the_close_is_graceful()
    {
        using Socket peer = ConnectPeer();
        TlsTransport server = Take(Files());

        Assert.AreEqual(WireFrame.Size, server.SendNow(WireFrame.Encode("The server is full. Please try again later.")));
        Assert.IsTrue(server.EndSending());

        Assert.AreEqual(0, peer.Receive(new byte[WireFrame.Size]));
    }

    /// <summary>
    /// Sends frames as the writer does: what was not taken is offered again. They have the next numbers. False if the system takes no more; then the
    /// frames are encrypted.
    /// </summary>
    private static bool SendChunk(TlsTransport server, ref int frames)
    {
        const int Frames = 80;
        byte[] bytes = WireFrame.Encode(Enumerable.Range(frames, Frames).Select(i => $"{i}"));
        frames += Frames;
        int sent = 0;
        int count = 1;
        while (sent < bytes.Length && count > 0)
        {
            count = server.SendNow(bytes.AsSpan(sent));
            sent += count;
        }

        return count > 0;
    }

    private static X509Certificate2 Own(TestCertificates certificates, string name)
    {
        (string certificate, string key) = certificates.Issue("client", name);
        return X509Certificate2.CreateFromPemFile(certificate, key);
    }

    private static bool IsNonBlocking(Socket socket)
    {
        const int NonBlocking = 0x800; // O_NONBLOCK
        string line = File.ReadLines($"/proc/self/fdinfo/{socket.Handle}").First(line => line.StartsWith("flags:", StringComparison.Ordinal));
        return (Convert.ToInt32(line["flags:".Length..].Trim(), 8) & NonBlocking) != 0;
    }

    /// <summary>The gate of the SslStream. A reader holds it while it decrypts.</summary>
    private static object GateOf(TlsTransport server) => typeof(TlsTransport)
        .GetField("_gate", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.GetValue(server)!;

    private TlsFiles Files() => new(_certificates.ServerFile, _certificates.ServerKeyFile, _certificates.AuthorityFile);

    private (TlsTransport Server, WireClient Client) Open(
        SslProtocols version = SslProtocols.None, X509Certificate2? own = null, TlsFiles? files = null, Action<Socket>? opened = null)
    {
        TlsTransport server = Accept(version, own, out TransportFault? fault, out WireClient? client, files, opened);
        Assert.IsNull(fault, fault?.What);
        return (server, client!);
    }

    private TlsTransport Accept(
        SslProtocols version,
        X509Certificate2? own,
        out TransportFault? fault,
        out WireClient? client,
        TlsFiles? files = null,
        Action<Socket>? opened = null)
    {
        Socket peer = ConnectPeer();
        TlsTransport server = Take(files ?? Files(), opened);
        TransportFault? result = null;
        TestThread reader = TestThread.Start("the reader", () => result = server.Open(Turn()));
        try
        {
            client = TlsTestClient.Connect(peer, _certificates.AuthorityFile, version, own);
            _used.Add(client);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            client = null;
        }

        reader.AwaitEnd();
        fault = result;
        return server;
    }

    private WorkTurn Turn() => new SenderWait(new FakeTarget(), _writer, new SendLimits(1_000, 2_000, Limit.Wait), TimeProvider.System).Work;

    private Socket ConnectPeer()
    {
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        peer.Connect(IPAddress.Loopback, ((IPEndPoint)_listener.LocalEndPoint!).Port);
        return peer;
    }

    private TlsTransport Take(TlsFiles files, Action<Socket>? opened = null)
    {
        Socket accepted = _listener.Accept();
        opened?.Invoke(accepted);
        var server = new TlsTransport(accepted, isProxy: false, new TlsIdentity(files), _handshakes);
        _used.Add(server);
        return server;
    }
}
