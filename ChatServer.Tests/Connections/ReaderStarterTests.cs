using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class ReaderStarterTests : IDisposable
{
    private readonly FaultLog _faults = new();
    private readonly LoopbackConnection _peer = new();
    private readonly ManualResetEventSlim _go = new();

    public void Dispose()
    {
        _go.Dispose();
        _peer.Dispose();
    }

    [TestMethod]
    public void The_accepting_thread_does_not_wait_for_the_reader_of_a_connection()
    {
        int started = 0;
        using var starter = new ReaderStarter(
            _ =>
            {
                _go.Wait();
                Interlocked.Increment(ref started);
            },
            new Faults(_faults));
        starter.Start();

        TestThread.Start("the accepting thread", () => Enqueue(starter, 50)).AwaitEnd();
        Assert.AreEqual(0, Volatile.Read(ref started));
        _go.Set();

        Eventually.True(() => Volatile.Read(ref started) == 50, "all should get a reader");
    }

    [TestMethod]
    public void The_number_of_waiting_connections_is_bounded_and_above_it_the_accepting_thread_waits()
    {
        using var starter = new ReaderStarter(_ => _go.Wait(), new Faults(_faults));
        starter.Start();

        TestThread acceptor = TestThread.Start("the accepting thread", () => Enqueue(starter, 2 * ReaderStarter.MaxWaiting));
        acceptor.AwaitBlocked();
        Assert.IsFalse(acceptor.HasEndedWithin(TimeSpan.FromMilliseconds(100)));
        _go.Set();

        acceptor.AwaitEnd();
    }

    [TestMethod]
    public void At_the_stop_each_waiting_connection_still_gets_its_reader()
    {
        int started = 0;
        var starter = new ReaderStarter(_ => Interlocked.Increment(ref started), new Faults(_faults));
        starter.Start();
        Enqueue(starter, 200);

        TestThread.Start("the stop", starter.Dispose).AwaitEnd();

        Assert.AreEqual(200, started);
    }

    [TestMethod]
    public void A_fault_with_one_connection_does_not_affect_the_readers_of_others()
    {
        int started = 0;
        var starter = new ReaderStarter(
            _ =>
            {
                if (Interlocked.Increment(ref started) % 2 == 0)
                {
                    throw new InvalidOperationException("a fault of ours");
                }
            },
            new Faults(_faults));
        starter.Start();
        Enqueue(starter, 20);

        starter.Dispose();

        Assert.AreEqual(20, started);
        Assert.HasCount(10, _faults.Faults);
    }

    private void Enqueue(ReaderStarter starter, int count)
    {
        for (int i = 0; i < count; i++)
        {
            starter.Enqueue(_peer.Connection);
        }
    }
}
