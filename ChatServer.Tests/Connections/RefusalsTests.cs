using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class RefusalsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [TestMethod]
    public void Who_is_refused_is_told_so_and_then_the_stream_ends()
    {
        using var connection = new LoopbackConnection();

        new Refusals(Long).Refuse(connection.Connection);

        Assert.AreSequenceEqual(["The server is full. Please try again later."], connection.SendAndReadToEnd());
        Assert.AreEqual(CloseReason.ServerFull, connection.Connection.Reason);
    }

    [TestMethod]
    public void Where_too_many_are_being_refused_the_oldest_is_closed_once_it_has_been_told()
    {
        var refusals = new Refusals(Long);
        LoopbackConnection[] pending = [.. Enumerable.Range(0, Refusals.MaxPending + 1).Select(_ => new LoopbackConnection())];
        Array.ForEach(pending[..^1], connection => refusals.Refuse(connection.Connection));
        string[] told = pending[0].SendAndReadToEnd();

        refusals.Refuse(pending[^1].Connection);

        Assert.AreSequenceEqual(["The server is full. Please try again later."], told);
        Assert.IsLessThan(0, pending[0].Receive(), "The oldest is closed.");
        pending[1].AssertAlive();
        Assert.AreSequenceEqual(["The server is full. Please try again later."], pending[^1].SendAndReadToEnd());
        Array.ForEach(pending, connection => connection.Dispose());
    }

    [TestMethod]
    public void The_oldest_is_closed_only_when_it_has_been_told()
    {
        var refusals = new Refusals(Long);
        LoopbackConnection[] pending = [.. Enumerable.Range(0, Refusals.MaxPending + 1).Select(_ => new LoopbackConnection())];
        Array.ForEach(pending[..^1], connection => refusals.Refuse(connection.Connection));

        TestThread last = TestThread.Start("the refusal of one more", () => refusals.Refuse(pending[^1].Connection));
        last.AwaitBlocked();

        Assert.AreSequenceEqual(["The server is full. Please try again later."], pending[0].SendAndReadToEnd());
        last.AwaitEnd();
        Array.ForEach(pending, connection => connection.Dispose());
    }

    [TestMethod]
    public void Who_was_refused_and_has_closed_is_closed_before_its_time()
    {
        var refusals = new Refusals(Long);
        using var connection = new LoopbackConnection();
        refusals.Refuse(connection.Connection);
        connection.Peer.Send("its name, and more"u8);
        connection.Peer.Shutdown(SocketShutdown.Send);

        // The first look may find only the bytes.
        Eventually.True(
            () =>
            {
                refusals.Reap(all: false);
                return connection.Receive() < 0;
            },
            "the connection should be freed");
    }

    [TestMethod]
    [DataRow(false, DisplayName = "because its time is over")]
    [DataRow(true, DisplayName = "because the server stops")]
    public void Who_is_refused_and_talks_on_is_closed_without_a_reset(bool all)
    {
        var time = new FakeTimeProvider();
        var refusals = new Refusals(Long);
        using var connection = new LoopbackConnection(time: time);
        refusals.Refuse(connection.Connection);
        connection.Peer.Send(new byte[10_000]);
        Assert.IsGreaterThan(0, connection.Receive(), "There is more than this that nobody has read.");

        time.Advance(Long);
        refusals.Reap(all);

        // A reset would be an exception here.
        Assert.AreEqual(0, connection.Peer.Receive(new byte[Frame.Size]));
        Assert.IsLessThan(0, connection.Receive(), "It is freed.");
    }

    [TestMethod]
    public void Who_is_refused_and_never_stops_talking_is_closed_all_the_same()
    {
        var time = new FakeTimeProvider();
        var refusals = new Refusals(Long);
        using var connection = new LoopbackConnection(time: time);
        refusals.Refuse(connection.Connection);
        connection.Peer.Blocking = false;
        while (connection.Peer.Poll(0, SelectMode.SelectWrite))
        {
            connection.Peer.Send(new byte[100_000]);
        }

        time.Advance(Long);
        refusals.Reap(all: false);

        Assert.IsLessThan(0, connection.Receive());
    }

    [TestMethod]
    public void All_can_be_closed_at_once()
    {
        var refusals = new Refusals(Long);
        using var connection = new LoopbackConnection();
        refusals.Refuse(connection.Connection);

        refusals.Reap(all: false);
        connection.AssertAlive();

        refusals.Reap(all: true);
        Assert.IsLessThan(0, connection.Receive());
    }
}
