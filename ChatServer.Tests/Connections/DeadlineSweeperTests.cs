using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class DeadlineSweeperTests : IDisposable
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly ConnectionRegistry _registry = new(maxConnections: 10, maxPerAddress: 10);
    private readonly RejectedConnections _rejected = new(drainTimeout: TenSeconds);
    private readonly Faults _faults = new(NullLogger.Instance);
    private readonly DeadlineSweeper _sweeper;

    public DeadlineSweeperTests() => _sweeper = new DeadlineSweeper(_registry, _rejected, _faults);

    public void Dispose() => _sweeper.Dispose();

    [TestMethod]
    public void Only_a_connection_past_its_deadline_is_aborted()
    {
        using LoopbackConnection late = Connect();
        using LoopbackConnection early = Connect();
        using LoopbackConnection idle = Connect();
        late.Connection.Deadline.Set(TenSeconds, CloseReason.NameTimeout);
        early.Connection.Deadline.Set(TenSeconds * 2, CloseReason.FrameTimeout);

        _time.Advance(TenSeconds);
        _sweeper.Round();

        Assert.AreEqual(CloseReason.NameTimeout, late.Connection.Reason);
        Assert.IsEmpty(late.SendAndReadToEnd());
        foreach (LoopbackConnection other in (LoopbackConnection[])[early, idle])
        {
            Assert.AreEqual(CloseReason.None, other.Connection.Reason);
            other.AssertAlive();
        }
    }

    [TestMethod]
    public void A_client_with_unread_bytes_in_its_socket_is_not_late()
    {
        using LoopbackConnection connection = Connect();
        connection.Connection.Deadline.Set(TenSeconds, CloseReason.NameTimeout);
        connection.Peer.Send("its name"u8);
        Eventually.True(() => connection.Connection.HasUnreadInput, "the bytes should be there");

        _time.Advance(TenSeconds);
        _sweeper.Round();
        Assert.AreEqual(CloseReason.None, connection.Connection.Reason);

        connection.Receive();
        _sweeper.Round();
        Assert.AreEqual(CloseReason.NameTimeout, connection.Connection.Reason);
    }

    [TestMethod]
    public void A_graceful_close_ends_in_time_although_the_peer_still_sends()
    {
        using LoopbackConnection connection = Connect();
        connection.Connection.BeginGracefulClose(CloseReason.ServerStopping, TenSeconds);
        connection.Connection.Deadline.Clear(); // as its reader does after each frame
        connection.Peer.Send("more and more"u8);

        _time.Advance(TenSeconds);
        _sweeper.Round();

        Assert.IsEmpty(connection.SendAndReadToEnd());
        Assert.AreEqual(CloseReason.ServerStopping, connection.Connection.Deadline.Check());
    }

    [TestMethod]
    public void Before_its_deadline_no_connection_is_aborted()
    {
        using LoopbackConnection connection = Connect();
        connection.Connection.Deadline.Set(TenSeconds, CloseReason.NameTimeout);

        _time.Advance(TenSeconds - TimeSpan.FromMilliseconds(1));
        _sweeper.Round();

        connection.AssertAlive();
    }

    [TestMethod]
    public void A_rejected_connection_is_closed_when_the_drain_timeout_has_passed()
    {
        using var rejected = new LoopbackConnection(time: _time);
        _rejected.Reject(rejected.Connection);

        _time.Advance(TenSeconds - TimeSpan.FromMilliseconds(1));
        _sweeper.Round();
        rejected.AssertAlive();

        _time.Advance(TimeSpan.FromMilliseconds(1));
        _sweeper.Round();
        Assert.IsLessThan(0, rejected.Receive());
    }

    [TestMethod]
    [TestCategory(SlowTest.Category)]
    public void A_fault_does_not_end_the_sweeper()
    {
        using LoopbackConnection late = Connect();
        late.Connection.Deadline.Set(TenSeconds, CloseReason.NameTimeout);
        _time.Advance(TenSeconds);
        using var faulty = new LoopbackConnection(time: new FaultyTime(() => _faults.Count == 0));
        faulty.Connection.Deadline.Set(TenSeconds, CloseReason.NameTimeout);
        Assert.IsTrue(_registry.TryAdd(faulty.Connection, out _));

        _sweeper.Start();

        Eventually.True(() => _faults.Count == 1, "the fault should be counted");
        Eventually.True(() => late.Connection.Reason == CloseReason.NameTimeout, "the next round should abort late connections");
    }

    private LoopbackConnection Connect()
    {
        var connection = new LoopbackConnection(time: _time);
        Assert.IsTrue(_registry.TryAdd(connection.Connection, out _));
        return connection;
    }

    /// <summary>A clock that fails after its first reading while the test wants it.</summary>
    private sealed class FaultyTime(Func<bool> isFaulty) : TimeProvider
    {
        private int _reads;

        public override long GetTimestamp() =>
            Interlocked.Increment(ref _reads) > 1 && isFaulty() ? throw new InvalidOperationException("a fault of ours") : 0;
    }
}
