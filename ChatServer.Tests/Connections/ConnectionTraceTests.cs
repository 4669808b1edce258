using System.Text;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer.Tests.Connections;

/// <summary>The lines of a trace, as docs/trace.md defines them, and the calls that write them.</summary>
[TestClass]
public sealed class ConnectionTraceTests : IDisposable
{
    private const string Time = "12:03:04.123456";
    private const string Below = "               "; // as wide as the time

    private static readonly byte[] TwoFrames = WireFrame.Encode(["/create 168_tas", "Hi 🐼"]);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 12, 3, 4, 123, 456, TimeSpan.Zero));
    private readonly MemoryStream _written = new();
    private readonly TraceWriter _writer;

    public ConnectionTraceTests() => _writer = new TraceWriter(_written, null, _time);

    public void Dispose() => _writer.Dispose();

    [TestMethod]
    public void Two_receives_of_one_frame_are_two_lines_and_the_frame()
    {
        ConnectionTrace trace = Begin();

        trace.Received(150, TwoFrames);
        trace.Received(50, TwoFrames.AsSpan(150));

        Lines().MustBe(
            $"{Time} #3 gone recv   150 bytes   frame 1: 150 of 200, waiting for 50",
            $"{Time} #3 gone recv    50 bytes   frame 1 whole",
            $"""{Below} #3 recv frame 1: "/create 168_tas"  15 bytes + 185 padding""");
    }

    [TestMethod]
    public void One_receive_of_two_frames_is_one_line_and_the_frames()
    {
        ConnectionTrace trace = Begin();

        trace.Received(400, TwoFrames);

        Lines().MustBe(
            $"{Time} #3 gone recv   400 bytes   frames 1 to 2 whole",
            $"""{Below} #3 recv frame 1: "/create 168_tas"  15 bytes + 185 padding""",
            $"""{Below} #3 recv frame 2: "Hi 🐼"  7 bytes + 193 padding""");
    }

    [TestMethod]
    public void Only_what_was_received_counts_not_the_whole_buffer()
    {
        ConnectionTrace trace = Begin();

        trace.Received(1, TwoFrames);

        Lines().MustBe($"{Time} #3 gone recv     1 bytes   frame 1: 1 of 200, waiting for 199");
    }

    [TestMethod]
    [DataRow(0, "recv     0 bytes   end of stream")]
    [DataRow(-1, "recv failed        connection lost")]
    public void The_line_of_the_end_says_whether_it_is_inside_a_frame(int count, string what)
    {
        ConnectionTrace trace = Begin();
        trace.Received(212, TwoFrames);
        Lines();

        trace.Received(count, []);

        Lines().MustBe(
            $"{Time} #3 gone {what}, inside a frame",
            $"""{Below} #3 recv frame 2: "Hi 🐼"  7 bytes + 5 padding; 12 of 200 bytes: torn""");
        trace.Received(188, TwoFrames.AsSpan(212));
        Lines();

        trace.Received(count, []);

        Lines().MustBe($"{Time} #3 gone {what}, on a frame boundary");
    }

    [TestMethod]
    public void A_partial_send_shows_how_much_was_taken()
    {
        ConnectionTrace trace = Begin();

        Send(trace, TwoFrames, 250);
        Send(trace, TwoFrames.AsSpan(250), 0);
        Send(trace, TwoFrames.AsSpan(250), 150);

        Lines().MustBe(
            $"{Time} #3 gone send   250 of 400 bytes   frame 1 whole; frame 2: 50 of 200, waiting for 150",
            $"""{Below} #3 send frame 1: "/create 168_tas"  15 bytes + 185 padding""",
            $"{Time} #3 gone send     0 of 150 bytes   the peer takes nothing now",
            $"{Time} #3 gone send   150 bytes   frame 2 whole",
            $"""{Below} #3 send frame 2: "Hi 🐼"  7 bytes + 193 padding""");
    }

    [TestMethod]
    public void A_send_that_fails_and_the_end_of_sending_are_lines()
    {
        ConnectionTrace trace = Begin();

        Send(trace, TwoFrames, -1);
        trace.EndedSending();

        Lines().MustBe(
            $"{Time} #3 gone send failed        connection lost",
            $"{Time} #3 gone send     0 bytes   end of stream");
    }

    [TestMethod]
    public void A_send_has_the_time_of_its_start_and_a_receive_the_time_of_its_return()
    {
        ConnectionTrace trace = Begin();
        trace.BeginSend();
        _time.Advance(TimeSpan.FromMicroseconds(7));

        trace.Received(200, TwoFrames);
        trace.Sent(TwoFrames.AsSpan(0, 200), 200);

        string[] lines = Lines();
        Assert.StartsWith("12:03:04.123463 #3 gone recv", lines[0]);
        Assert.StartsWith("12:03:04.123456 #3 gone send", lines[2]);
    }

    [TestMethod]
    public void A_receive_lets_the_line_of_a_send_under_way_go_first()
    {
        ConnectionTrace trace = Begin(sendLimit: Timeout.InfiniteTimeSpan);
        trace.BeginSend();
        var receive = TestThread.Start("the receive of the answer", () => trace.Received(200, TwoFrames));
        receive.AwaitBlocked();

        trace.Sent(TwoFrames, 400);

        receive.AwaitEnd();
        string[] lines = Lines();
        Assert.StartsWith($"{Time} #3 gone send   400 bytes", lines[0]);
        Assert.StartsWith($"{Time} #3 gone recv   200 bytes", lines[3]);
    }

    [TestMethod]
    public void A_receive_waits_a_bounded_time_for_a_send()
    {
        ConnectionTrace trace = Begin(sendLimit: TimeSpan.FromMilliseconds(1));
        trace.BeginSend();

        trace.Received(1, TwoFrames);

        Assert.StartsWith($"{Time} #3 gone recv     1 bytes", Lines().Single());
    }

    [TestMethod]
    public void The_two_directions_are_counted_apart()
    {
        ConnectionTrace trace = Begin();

        trace.Received(150, TwoFrames);
        Send(trace, TwoFrames, 120);

        Lines().MustBe(
            $"{Time} #3 gone recv   150 bytes   frame 1: 150 of 200, waiting for 50",
            $"{Time} #3 gone send   120 of 400 bytes   frame 1: 120 of 200, waiting for 80");
    }

    [TestMethod]
    public void A_name_is_shown_once_it_is_known_and_in_its_cleaned_form()
    {
        ConnectionTrace trace = Begin();

        trace.Named("Pan\u202eda");
        trace.Note("closed: PeerClosed");

        Lines().MustBe($"{Time} #3 gone [Pan\\u{{202E}}da] closed: PeerClosed");
    }

    [TestMethod]
    public void The_trace_of_a_connection_has_its_beginning_and_its_end()
    {
        using var loopback = new LoopbackConnection(time: _time, trace: _writer);
        string peer = $"#1 {loopback.Peer.LocalEndPoint}";
        loopback.Peer.Send(TwoFrames.AsSpan(0, 150));
        Assert.AreEqual(150, loopback.Receive());
        loopback.Connection.Named(new Participant("Panda", loopback.Connection.Outbox));
        Assert.AreEqual(200, loopback.Connection.Send(TwoFrames.AsSpan(0, 200)));
        loopback.Connection.EndSending();
        loopback.Connection.Abort(CloseReason.SlowConsumer);
        loopback.Connection.Abort(CloseReason.Fault);
        loopback.Connection.Dispose();

        Lines().MustBe(
            $"{Time} {peer} connected",
            $"{Time} {peer} recv   150 bytes   frame 1: 150 of 200, waiting for 50",
            $"{Time} {peer} [Panda] send   200 bytes   frame 1 whole",
            $"""{Below} #1 send frame 1: "/create 168_tas"  15 bytes + 185 padding""",
            $"{Time} {peer} [Panda] send     0 bytes   end of stream",
            $"{Time} {peer} [Panda] cut off: SlowConsumer",
            $"{Time} {peer} [Panda] closed: SlowConsumer");
    }

    [TestMethod]
    [DataRow("127.0.0.1", "127.0.0.1:")]
    [DataRow("::1", "[::1]:")]
    public void The_address_is_shown_as_the_peer_knows_it(string from, string shown)
    {
        using var loopback = new LoopbackConnection(from, _time, _writer);

        Assert.StartsWith($"{Time} #1 {shown}", Lines().Single());
    }

    /// <summary>A trace of a connection whose peer disconnected before its address could be read.</summary>
    private ConnectionTrace Begin(TimeSpan sendLimit = default)
    {
        var trace = new ConnectionTrace(_writer, "#3", peer: null) { SendLimit = sendLimit };
        Lines().MustBe($"{Time} #3 gone connected");
        return trace;
    }

    private static void Send(ConnectionTrace trace, ReadOnlySpan<byte> offered, int taken)
    {
        trace.BeginSend();
        trace.Sent(offered, taken);
    }

    /// <summary>The text since the last call.</summary>
    private string[] Lines()
    {
        string written = Encoding.UTF8.GetString(_written.ToArray());
        _written.SetLength(0);
        return written.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
