using System.Net;
using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Connections;

/// <summary>What a transport knows of a peer behind a proxy, without waiting.</summary>
[TestClass]
public sealed class ProxiedPeerTests : IDisposable
{
    private static readonly byte[] Header = ProxyHeaderTests.For(IPAddress.Parse("192.0.2.7"), 50000);

    private readonly Socket _peer = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _accepted;
    private readonly PlainTransport _transport;
    private int _arrived;

    public ProxiedPeerTests()
    {
        using Socket listener = ListenSocket.Open(0);
        _peer.Connect(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndPoint!).Port);
        _peer.NoDelay = true;
        _accepted = listener.Accept();
        _transport = new PlainTransport(_accepted, isProxy: true);
    }

    public void Dispose()
    {
        _transport.Dispose();
        _peer.Dispose();
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("what follows")]
    public void A_whole_header_is_taken_and_nothing_behind_it(string behind)
    {
        Send([.. Header, .. Encoding.ASCII.GetBytes(behind)]);

        _transport.ReadPeerNow();

        Assert.IsTrue(_transport.IsPeerKnown);
        Assert.AreEqual("192.0.2.7:50000", _transport.Peer!.ToString());
        var rest = new byte[100];
        Assert.AreEqual(behind, Encoding.ASCII.GetString(rest, 0, _transport.ReceiveNow(rest)));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(15, DisplayName = "all but the length")]
    [DataRow(16)]
    [DataRow(27, DisplayName = "all but one byte")]
    public void A_part_of_a_header_is_left_until_the_rest_has_come(int length)
    {
        Send(Header[..length]);

        _transport.ReadPeerNow();

        Assert.IsFalse(_transport.IsPeerKnown);
        Assert.AreEqual("127.0.0.1", _transport.Peer!.Address.ToString());
        Send(Header[length..]);
        _transport.ReadPeerNow();
        Assert.AreEqual("192.0.2.7", _transport.Peer!.Address.ToString());
    }

    [TestMethod]
    public void What_is_wrong_is_left_for_the_reader_which_tells_why()
    {
        Send(ProxyHeaderTests.Header(0x21, 0x11, [], length: ushort.MaxValue));

        _transport.ReadPeerNow();

        Assert.IsFalse(_transport.IsPeerKnown);
        Assert.AreEqual("the PROXY header is too long, or ends early", _transport.ReadPeer()!.What);
    }

    [TestMethod]
    public void A_peer_that_has_gone_tells_nothing()
    {
        _peer.LingerState = new LingerOption(enable: true, seconds: 0);
        _peer.Dispose();
        Eventually.True(() => _transport.IsOver, "the reset should arrive");

        _transport.ReadPeerNow();

        Assert.IsFalse(_transport.IsPeerKnown);
    }

    [TestMethod]
    public void A_proxy_that_connects_for_itself_is_its_own_peer()
    {
        Send(ProxyHeaderTests.Header(0x20, 0x00, []));

        _transport.ReadPeerNow();

        Assert.IsTrue(_transport.IsPeerKnown);
        Assert.AreEqual("127.0.0.1", _transport.Peer!.Address.ToString());
    }

    /// <summary>Sends bytes, and waits until all of them have arrived.</summary>
    private void Send(byte[] bytes)
    {
        _arrived += _peer.Send(bytes);
        Eventually.True(() => _accepted.Available == _arrived, "the bytes should arrive");
    }
}
