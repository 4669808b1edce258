using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class RejectedConnectionsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [TestMethod]
    public void A_rejected_client_gets_the_reason_and_then_the_end_of_the_stream()
    {
        using var connection = new LoopbackConnection();

        new RejectedConnections(Long).Reject(connection.Connection);

        Assert.AreSequenceEqual(["The server is full. Please try again later."], connection.SendAndReadToEnd());
        Assert.AreEqual(CloseReason.ServerFull, connection.Connection.Reason);
    }

    [TestMethod]
    public void With_too_many_rejected_connections_the_oldest_is_closed_after_its_text_was_sent()
    {
        var rejected = new RejectedConnections(Long);
        LoopbackConnection[] pending = [.. Enumerable.Range(0, RejectedConnections.MaxPending + 1).Select(_ => new LoopbackConnection())];
        Array.ForEach(pending[..^1], connection => rejected.Reject(connection.Connection));
        string[] told = pending[0].SendAndReadToEnd();

        rejected.Reject(pending[^1].Connection);

        Assert.AreSequenceEqual(["The server is full. Please try again later."], told);
        Assert.IsLessThan(0, pending[0].Receive(), "The oldest is closed.");
        pending[1].AssertAlive();
        Assert.AreSequenceEqual(["The server is full. Please try again later."], pending[^1].SendAndReadToEnd());
        Array.ForEach(pending, connection => connection.Dispose());
    }

    [TestMethod]
    public void The_oldest_is_closed_only_after_its_text_was_sent()
    {
        var rejected = new RejectedConnections(Long);
        LoopbackConnection[] pending = [.. Enumerable.Range(0, RejectedConnections.MaxPending + 1).Select(_ => new LoopbackConnection())];
        Array.ForEach(pending[..^1], connection => rejected.Reject(connection.Connection));

        TestThread last = TestThread.Start("the rejection of one more", () => rejected.Reject(pending[^1].Connection));
        last.AwaitBlocked();

        Assert.AreSequenceEqual(["The server is full. Please try again later."], pending[0].SendAndReadToEnd());
        last.AwaitEnd();
        Array.ForEach(pending, connection => connection.Dispose());
    }

    [TestMethod]
    public void A_rejected_connection_that_its_peer_has_closed_is_closed_before_its_timeout()
    {
        var rejected = new RejectedConnections(Long);
        using var connection = new LoopbackConnection();
        rejected.Reject(connection.Connection);
        connection.Peer.Send("its name, and more"u8);
        connection.Peer.Shutdown(SocketShutdown.Send);

        // The first look may find only the bytes.
        Eventually.True(
            () =>
            {
                rejected.CloseExpired(all: false);
                return connection.Receive() < 0;
            },
            "the connection should be freed");
    }

    [TestMethod]
    [DataRow(false, DisplayName = "because its time is over")]
    [DataRow(true, DisplayName = "because the server stops")]
    public void A_rejected_client_that_continues_to_send_is_closed_without_a_reset(bool all)
    {
        var time = new FakeTimeProvider();
        var rejected = new RejectedConnections(Long);
        using var connection = new LoopbackConnection(time: time);
        rejected.Reject(connection.Connection);
        connection.Peer.Send(new byte[10_000]);
        Assert.IsGreaterThan(0, connection.Receive(), "More bytes than these are unread.");

        time.Advance(Long);
        rejected.CloseExpired(all);

        // A reset would be an exception here.
        Assert.AreEqual(0, connection.Peer.Receive(new byte[Frame.Size]));
        Assert.IsLessThan(0, connection.Receive(), "It is freed.");
    }

    [TestMethod]
    public void A_rejected_client_that_never_stops_sending_is_closed()
    {
        var time = new FakeTimeProvider();
        var rejected = new RejectedConnections(Long);
        using var connection = new LoopbackConnection(time: time);
        rejected.Reject(connection.Connection);
        connection.Peer.Blocking = false;
        while (connection.Peer.Poll(0, SelectMode.SelectWrite))
        {
            connection.Peer.Send(new byte[100_000]);
        }

        time.Advance(Long);
        rejected.CloseExpired(all: false);

        Assert.IsLessThan(0, connection.Receive());
    }

    [TestMethod]
    public void All_can_be_closed_at_once()
    {
        var rejected = new RejectedConnections(Long);
        using var connection = new LoopbackConnection();
        rejected.Reject(connection.Connection);

        rejected.CloseExpired(all: false);
        connection.AssertAlive();

        rejected.CloseExpired(all: true);
        Assert.IsLessThan(0, connection.Receive());
    }
}
