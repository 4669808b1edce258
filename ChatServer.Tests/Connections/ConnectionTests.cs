using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class ConnectionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [TestMethod]
    [DataRow("127.0.0.1")]
    [DataRow("127.0.0.2")]
    [DataRow("::1")]
    public void An_address_is_shown_as_the_peer_knows_it(string address)
    {
        using var loopback = new LoopbackConnection(address);

        Assert.AreEqual(address, loopback.Connection.Address.ToString());
    }

    [TestMethod]
    public void The_first_reason_given_is_the_one_that_is_kept()
    {
        using var loopback = new LoopbackConnection();
        Assert.AreEqual(CloseReason.None, loopback.Connection.Reason);

        Assert.IsTrue(loopback.Connection.TryEnd(CloseReason.SlowConsumer));
        Assert.IsFalse(loopback.Connection.TryEnd(CloseReason.PeerClosed));
        loopback.Connection.Abort(CloseReason.Fault);

        Assert.AreEqual(CloseReason.SlowConsumer, loopback.Connection.Reason);
    }

    [TestMethod]
    public void A_graceful_close_sends_the_queued_frames_and_then_ends_the_stream()
    {
        var time = new FakeTimeProvider();
        using var loopback = new LoopbackConnection(time: time);
        loopback.Connection.Outbox.Append(Frame.Encode("last words"));

        loopback.Connection.BeginGracefulClose(CloseReason.ServerStopping, Limit);

        Assert.AreSequenceEqual(["last words"], loopback.SendAndReadToEnd());
        loopback.AssertAlive();
        Assert.AreEqual(CloseReason.None, loopback.Connection.Deadline.Check());
        time.Advance(Limit);
        Assert.AreEqual(CloseReason.ServerStopping, loopback.Connection.Deadline.Check());
    }

    [TestMethod]
    public void A_connection_that_is_ending_does_not_begin_another_graceful_close()
    {
        using var loopback = new LoopbackConnection();
        loopback.Connection.TryEnd(CloseReason.PeerClosed);

        loopback.Connection.BeginGracefulClose(CloseReason.ServerStopping, Limit);

        Assert.IsFalse(loopback.Connection.Deadline.IsSet);
    }

    [TestMethod]
    public void An_abort_drops_the_queued_frames_and_wakes_the_reader()
    {
        using var loopback = new LoopbackConnection();
        int received = int.MaxValue;
        TestThread reader = TestThread.Start("the reader", () => received = loopback.Receive());
        loopback.Connection.Outbox.Append(Frame.Encode("never sent"));

        loopback.Connection.Abort(CloseReason.SlowConsumer);

        reader.AwaitEnd();
        Assert.IsLessThanOrEqualTo(0, received);
        Assert.IsEmpty(loopback.SendAndReadToEnd());
    }

    [TestMethod]
    public void A_receive_returns_the_bytes_then_the_end_of_the_stream_then_the_loss()
    {
        using var loopback = new LoopbackConnection();

        loopback.Peer.Send(new byte[300]);
        Assert.AreEqual(300, loopback.Receive());

        loopback.Peer.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.AreEqual(0, loopback.Receive());

        loopback.Connection.Dispose();
        Assert.IsLessThan(0, loopback.Receive());
    }

    [TestMethod]
    public void A_send_to_a_peer_that_does_not_read_takes_nothing_without_space_and_never_waits()
    {
        using var loopback = new LoopbackConnection();
        var bytes = new byte[16 * 1024];
        int taken = int.MaxValue;

        TestThread.Start("sending until there is no room", () =>
        {
            while (taken > 0)
            {
                taken = loopback.Connection.Send(bytes);
            }
        }).AwaitEnd();

        Assert.AreEqual(0, taken);
    }

    [TestMethod]
    public void Unsent_bytes_are_dropped_when_the_socket_is_freed()
    {
        Needs.Linux();
        using var loopback = new LoopbackConnection();
        var bytes = new byte[16 * 1024];
        while (loopback.Connection.Send(bytes) > 0)
        {
            // Until the kernel takes no more.
        }

        loopback.Connection.Dispose();

        Assert.Throws<System.Net.Sockets.SocketException>(() =>
        {
            while (loopback.Peer.Receive(bytes) > 0)
            {
                // What had arrived before.
            }
        });
    }

    [TestMethod]
    public void Final_frames_arrive_although_the_socket_is_freed_at_once()
    {
        using var loopback = new LoopbackConnection();
        loopback.Connection.Send(Frame.Encode("last words"));

        loopback.Connection.Dispose();

        Assert.AreSequenceEqual(["last words"], loopback.SendAndReadToEnd());
    }

    [TestMethod]
    public void A_large_buffer_is_given_back_before_the_wait_for_more()
    {
        using var loopback = new LoopbackConnection();
        using var buffer = new FrameBuffer();
        loopback.Peer.Send(new byte[FrameBuffer.SmallSize]);
        Eventually.True(() => loopback.Connection.HasUnreadInput, "the bytes should be there");
        Assert.AreEqual(FrameBuffer.SmallSize, loopback.Connection.Receive(buffer));
        buffer.RemoveFrames();
        Assert.IsTrue(buffer.IsLarge);
        TestThread reader = TestThread.Start("the reader", () => loopback.Connection.Receive(buffer));

        Eventually.True(() => !buffer.IsLarge, "the large buffer should be given back");

        loopback.Peer.Send("more"u8);
        reader.AwaitEnd();
        Assert.AreEqual(4, buffer.PartialLength);
    }

    [TestMethod]
    public void A_send_on_a_freed_connection_returns_that_it_is_lost()
    {
        using var loopback = new LoopbackConnection();
        loopback.Connection.Dispose();

        Assert.IsLessThan(0, loopback.Connection.Send(new byte[200]));
    }

    [TestMethod]
    public void Input_is_dropped_without_waiting_also_if_two_threads_drop_it()
    {
        const int Rounds = 5_000;
        using var connection = new LoopbackConnection();
        var input = new byte[Frame.Size];
        using var round = new Barrier(2, _ => connection.Peer.Send(input));

        TestThread.Meet(2, _ =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                round.SignalAndWait();
                Assert.IsTrue(connection.Connection.DrainInput(), "The peer is there.");
            }
        });
    }
}
