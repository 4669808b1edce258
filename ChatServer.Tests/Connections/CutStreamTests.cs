using System.Net.Sockets;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Connections;

/// <summary>A stream that ends has whole frames; one that the server cuts inside a frame is reset.</summary>
[TestClass]
public sealed class CutStreamTests : IDisposable
{
    private static readonly byte[] Frames = new byte[4 * Frame.Size];

    private readonly Writer _writer = new(new Faults(new FaultLog()));
    private readonly FakeTransport _transport = new();
    private readonly Connection _connection;

    public CutStreamTests() =>
        _connection = new Connection(1, _transport, _writer, new SendLimits(1_000, 2_000, TimeSpan.FromHours(1)), TimeProvider.System);

    public void Dispose()
    {
        _connection.Dispose();
        _writer.Dispose();
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(Frame.Size + (Frame.Size / 2))]
    [DataRow((4 * Frame.Size) - 1)]
    public void A_peer_that_is_disconnected_inside_a_frame_sees_a_reset_and_no_end_of_the_stream(int sent)
    {
        Needs.Linux();
        using var loopback = new LoopbackConnection();
        Assert.AreEqual(sent, loopback.Connection.Send(Frames.AsSpan(0, sent)));

        loopback.Connection.Abort(CloseReason.SlowConsumer);
        Assert.AreEqual(sent, ReceiveAll(loopback.Peer, sent));
        loopback.Connection.Dispose();

        AssertReset(loopback.Peer);
    }

    [TestMethod]
    public void A_peer_that_is_disconnected_after_whole_frames_sees_the_end_of_the_stream_at_once()
    {
        using var loopback = new LoopbackConnection();
        loopback.Connection.Send(Frames.AsSpan(0, 100));
        loopback.Connection.Send(Frames.AsSpan(100, 300));

        loopback.Connection.Abort(CloseReason.FrameTimeout);

        Assert.AreEqual(400, ReceiveAll(loopback.Peer, 400));
        Assert.AreEqual(0, loopback.Peer.Receive(new byte[1]));
    }

    [TestMethod]
    public void A_reader_of_a_stream_that_was_cut_wakes_up_and_ends_although_the_peer_sends_on()
    {
        Needs.Linux();
        using var loopback = new LoopbackConnection();
        loopback.Connection.Send(Frames.AsSpan(0, 100));
        int received = int.MaxValue;
        TestThread reader = TestThread.Start("the reader", () => received = loopback.Receive());

        loopback.Connection.Abort(CloseReason.SlowConsumer);

        reader.AwaitEnd();
        Assert.IsLessThanOrEqualTo(0, received);
        loopback.Peer.Send(Frames);
        Assert.IsLessThanOrEqualTo(0, loopback.Receive());
    }

    [TestMethod]
    public void A_connection_that_is_freed_inside_a_frame_is_reset_for_whatever_reason_it_ends()
    {
        using var loopback = new LoopbackConnection();
        loopback.Connection.Send(Frames.AsSpan(0, 100));
        Assert.AreEqual(100, ReceiveAll(loopback.Peer, 100));
        loopback.Connection.TryEnd(CloseReason.PeerClosed);

        loopback.Connection.Dispose();

        AssertReset(loopback.Peer);
    }

    [TestMethod]
    public void An_abort_during_a_send_does_not_end_the_stream_and_nothing_is_sent_after_it()
    {
        _transport.Takes = offered =>
        {
            _connection.Abort(CloseReason.SlowConsumer);
            return offered / 3;
        };
        _connection.Send(Frames);
        int count = _transport.SentTexts.Length;

        Assert.AreSequenceEqual([false], _transport.Aborts);
        Assert.IsLessThan(0, _connection.Send(Frames));
        Assert.HasCount(count, _transport.SentTexts);
        _connection.Dispose();
        Assert.IsTrue(_transport.IsDiscarding);
    }

    [TestMethod]
    public void Whole_frames_that_were_sent_in_parts_are_not_discarded()
    {
        _transport.Takes = offered => Math.Min(offered, 150);
        _connection.Send(Frames);
        _connection.Send(Frames);
        _connection.Send(Frames);
        _connection.Send(Frames);

        _connection.Abort(CloseReason.FrameTimeout);
        _connection.Dispose();

        Assert.AreSequenceEqual([true], _transport.Aborts);
        Assert.IsFalse(_transport.IsDiscarding);
    }

    private static int ReceiveAll(Socket peer, int most)
    {
        var buffer = new byte[most];
        int count = 0;
        while (count < most)
        {
            int received = peer.Receive(buffer.AsSpan(count));
            Assert.AreNotEqual(0, received, $"The stream ended after {count} of {most} bytes.");
            count += received;
        }

        return count;
    }

    private static void AssertReset(Socket peer)
    {
        SocketException error = Assert.ThrowsExactly<SocketException>(() => peer.Receive(new byte[1]));
        Assert.AreEqual(SocketError.ConnectionReset, error.SocketErrorCode);
    }
}
