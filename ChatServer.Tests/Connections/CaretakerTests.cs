using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class CaretakerTests : IDisposable
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly ConnectionRegistry _registry = new(maxConnections: 10, maxPerAddress: 10);
    private readonly Refusals _refusals = new(goodbyeTimeout: TenSeconds);
    private readonly Caretaker _caretaker;

    public CaretakerTests() => _caretaker = new Caretaker(_registry, _refusals, NullLogger.Instance);

    public void Dispose() => _caretaker.Dispose();

    [TestMethod]
    public void Who_missed_its_deadline_is_cut_off_and_nobody_else()
    {
        using LoopbackConnection late = Connect();
        using LoopbackConnection early = Connect();
        using LoopbackConnection idle = Connect();
        late.Connection.Deadline.Set(TenSeconds, CloseReason.NameTimeout);
        early.Connection.Deadline.Set(TenSeconds * 2, CloseReason.FrameTimeout);

        _time.Advance(TenSeconds);
        _caretaker.Round();

        Assert.AreEqual(CloseReason.NameTimeout, late.Connection.Reason);
        Assert.IsEmpty(late.SendAndReadToEnd());
        foreach (LoopbackConnection other in (LoopbackConnection[])[early, idle])
        {
            Assert.AreEqual(CloseReason.None, other.Connection.Reason);
            other.AssertAlive();
        }
    }

    [TestMethod]
    public void Before_its_deadline_nobody_is_cut_off()
    {
        using LoopbackConnection connection = Connect();
        connection.Connection.Deadline.Set(TenSeconds, CloseReason.NameTimeout);

        _time.Advance(TenSeconds - TimeSpan.FromMilliseconds(1));
        _caretaker.Round();

        connection.AssertAlive();
    }

    [TestMethod]
    public void Who_was_refused_is_closed_when_the_time_for_its_goodbye_is_over()
    {
        using var refused = new LoopbackConnection(time: _time);
        _refusals.Refuse(refused.Connection);

        _time.Advance(TenSeconds - TimeSpan.FromMilliseconds(1));
        _caretaker.Round();
        refused.AssertAlive();

        _time.Advance(TimeSpan.FromMilliseconds(1));
        _caretaker.Round();
        Assert.IsLessThan(0, refused.Receive());
    }

    private LoopbackConnection Connect()
    {
        var connection = new LoopbackConnection(time: _time);
        Assert.IsTrue(_registry.TryAdd(connection.Connection));
        return connection;
    }
}
