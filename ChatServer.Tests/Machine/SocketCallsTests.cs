using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Machine;

/// <summary>Whether a peer is still there, and has something left to acknowledge.</summary>
[TestClass]
public sealed class SocketCallsTests : IDisposable
{
    private readonly Socket _listener = ListenSocket.Open(0);
    private Socket? _peer;

    public void Dispose()
    {
        _peer?.Dispose();
        _listener.Dispose();
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(200)]
    public void A_peer_that_has_reset_the_connection_counts_as_gone_also_if_it_has_sent_bytes(int bytes)
    {
        Needs.Linux();
        using Socket accepted = Accept(peer =>
        {
            peer.Send(new byte[bytes]);
            peer.LingerState = new LingerOption(true, 0);
            peer.Dispose();
        });

        Eventually.True(() => SocketCalls.IsOver(accepted), "the reset should be seen");
    }

    [TestMethod]
    public void A_peer_that_has_ended_its_stream_without_a_byte_is_over()
    {
        using Socket accepted = Accept(peer => peer.Shutdown(SocketShutdown.Send));

        Eventually.True(() => SocketCalls.IsOver(accepted), "the end should be seen");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_peer_that_has_sent_a_frame_is_not_over_although_it_has_ended_its_stream(bool hasEnded)
    {
        using Socket accepted = Accept(peer =>
        {
            peer.Send(new byte[200]);
            if (hasEnded)
            {
                peer.Shutdown(SocketShutdown.Send);
            }
        });
        Eventually.True(() => accepted.Available == 200, "the bytes should arrive");

        Assert.IsFalse(SocketCalls.IsOver(accepted));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(199)]
    public void A_peer_that_has_ended_its_stream_inside_its_first_frame_is_over(int bytes)
    {
        Needs.Linux();
        using Socket accepted = Accept(peer =>
        {
            peer.Send(new byte[bytes]);
            peer.Shutdown(SocketShutdown.Send);
        });

        Eventually.True(() => SocketCalls.IsOver(accepted), "the end should be seen");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(199)]
    public void A_peer_that_has_begun_a_frame_and_may_continue_is_not_over(int bytes)
    {
        using Socket accepted = Accept(peer => peer.Send(new byte[bytes]));
        Eventually.True(() => accepted.Available == bytes, "the bytes should arrive");

        Assert.IsFalse(SocketCalls.IsOver(accepted));
    }

    [TestMethod]
    public void A_peer_that_has_sent_no_byte_yet_is_not_over()
    {
        using Socket accepted = Accept(_ => { });

        Assert.IsFalse(SocketCalls.IsOver(accepted));
    }

    [TestMethod]
    public void A_peer_that_has_reset_the_connection_has_nothing_left_to_acknowledge()
    {
        Needs.Linux();
        using Socket accepted = Accept(_ => { });
        Fill(accepted);
        using var transport = new PlainTransport(accepted);
        Assert.IsGreaterThan(0, transport.UnsentBytes, "The peer has not read.");
        Assert.IsFalse(SocketCalls.IsClosed(accepted));

        _peer!.LingerState = new LingerOption(true, 0);
        _peer.Dispose();

        Eventually.True(() => SocketCalls.IsClosed(accepted), "the reset should be seen");
        Assert.AreEqual(0, transport.UnsentBytes);
    }

    [TestMethod]
    public void A_peer_that_has_only_ended_its_stream_still_acknowledges()
    {
        Needs.Linux();
        using Socket accepted = Accept(peer => peer.Shutdown(SocketShutdown.Send));
        Fill(accepted);
        using var transport = new PlainTransport(accepted);

        Eventually.True(() => SocketCalls.IsOver(accepted), "the end should be seen");

        Assert.IsFalse(SocketCalls.IsClosed(accepted));
        Assert.IsGreaterThan(0, transport.UnsentBytes);
    }

    /// <summary>Sends until the kernel takes no more.</summary>
    private static void Fill(Socket socket)
    {
        var bytes = new byte[64 * 1024];
        while (SocketCalls.SendNow(socket, bytes) > 0)
        {
        }
    }

    private Socket Accept(Action<Socket> act)
    {
        _peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _peer.Connect(IPAddress.Loopback, ((IPEndPoint)_listener.LocalEndPoint!).Port);
        act(_peer);
        return _listener.Accept();
    }
}
