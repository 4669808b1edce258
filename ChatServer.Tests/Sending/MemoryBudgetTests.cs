using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class MemoryBudgetTests : IDisposable
{
    private const int Kilobyte = 1024;
    private const int Limit = 1_000 * Kilobyte;
    private const int Kernel = 10 * Kilobyte;

    /// <summary>In use so that one client must be disconnected.</summary>
    private const long WellAbove = Limit + (Limit / 4) + 1;

    private readonly FakeTimeProvider _time = new();
    private readonly Writer _writer = new(new Faults(new FaultLog()));
    private readonly Dictionary<Connection, FakeTransport> _peers = [];
    private long _inUse;
    private int _collections;

    public void Dispose()
    {
        _peers.Keys.ToList().ForEach(connection => connection.Dispose());
        _writer.Dispose();
    }

    [TestMethod]
    public void Within_the_budget_the_soft_limit_stays_and_above_it_shrinks()
    {
        MemoryBudget budget = Budget();
        const int Soft = 256 * Kilobyte;
        budget.Add(Limit);
        Assert.AreEqual(Soft, budget.Soft(Soft));

        budget.Add(Limit);
        Assert.AreEqual(Soft / 8, budget.Soft(Soft), "By the cube of the excess.");

        budget.Add(1_000 * Limit);
        Assert.AreEqual(MemoryBudget.LeastSoftBytes, budget.Soft(Soft));
        Assert.AreEqual(1_000, budget.Soft(1_000), "A limit that is that small already stays.");
    }

    [TestMethod]
    public void The_heap_is_measured_and_collected_only_if_the_sum_is_above_the_budget()
    {
        MemoryBudget budget = Budget();
        _inUse = 10 * Limit;
        budget.Add(Limit);
        Assert.IsLessThanOrEqualTo(0, budget.Excess(out _));
        Assert.AreEqual(0, _collections);

        budget.AddBacklog(1);

        Assert.AreEqual((9 * Limit) + Kernel, budget.Excess(out _));
        Assert.AreEqual(1, _collections);
    }

    [TestMethod]
    public void Batches_that_many_queues_share_cause_no_rejection()
    {
        MemoryBudget budget = Budget();
        budget.Add(100 * Limit);
        _inUse = Limit / 2;

        Assert.IsLessThanOrEqualTo(0, budget.Excess(out _));
        Assert.AreEqual(0, _collections);
    }

    [TestMethod]
    public void A_queue_reports_in_steps_and_withdraws_all_of_it()
    {
        MemoryBudget budget = Budget();
        var queue = new QueueMemory(budget);

        Assert.IsFalse(queue.Update(QueueMemory.Step));
        Assert.AreEqual(0, budget.Counted);
        Assert.IsTrue(queue.Update(QueueMemory.Step + 1));
        Assert.AreEqual((2 * QueueMemory.Step) + Kernel, budget.Counted);
        Assert.IsFalse(queue.Update(2 * QueueMemory.Step));
        Assert.IsTrue(queue.Update(QueueMemory.Step));

        Assert.AreEqual(0, budget.Counted);
    }

    [TestMethod]
    public void After_all_appends_sends_and_closes_the_count_is_zero()
    {
        MemoryBudget budget = Budget();
        using var writer = new Writer(new Faults(new FaultLog()), budget);
        using var sent = new SendRig(writer: writer);
        using var closed = new SendRig(writer: writer);
        using var overflowed = new SendRig(softFrames: 10, hardFrames: 300, writer: writer);
        SendRig[] rigs = [sent, closed, overflowed];
        foreach (SendRig rig in rigs)
        {
            for (int i = 0; i < 300; i++)
            {
                rig.Append();
            }
        }

        Assert.AreEqual(3 * ((2 * QueueMemory.Step) + Kernel), budget.Counted);
        closed.Queue.Close();
        overflowed.Append();
        sent.RoundUntilAllIsTaken();

        Assert.AreEqual(0, budget.Counted);
    }

    [TestMethod]
    public void Above_the_budget_no_client_is_accepted_and_well_above_it_the_longest_queue_that_does_not_move_is_disconnected_and_logged()
    {
        MemoryBudget budget = Budget();
        var log = new LineLog();
        var registry = new ConnectionRegistry(10, 10);
        var watch = new MemoryWatch(registry, budget, new Faults(log), log, _ => "somewhere");
        (Connection small, _) = Connect(registry);
        (Connection large, _) = Connect(registry);
        Stall(small, 200);
        Stall(large, 300);
        _time.Advance(MemoryWatch.ShortLag);
        budget.Add(2 * Limit);

        _inUse = Limit + 1;
        watch.Look();
        using var late = new LoopbackConnection();
        Assert.IsFalse(registry.TryAdd(late.Connection, out Rejection? rejection));
        Assert.Contains("--memory", rejection!.Why);
        Assert.IsTrue(rejection.IsServerFull);
        Assert.AreEqual(CloseReason.None, large.Reason);

        _inUse = WellAbove;
        LookAgain(watch);
        Assert.AreEqual(CloseReason.MemoryUsedUp, large.Reason);
        Assert.AreEqual(CloseReason.None, small.Reason);

        _inUse = 0;
        LookAgain(watch);
        Assert.IsTrue(registry.TryAdd(late.Connection, out _));
        string[] lines = log.Take();
        Assert.HasCount(3, lines);
        Assert.Contains("new clients are rejected", lines[0]);
        Assert.Contains("from somewhere disconnected because memory is short: 60000 bytes", lines[1]);
        Assert.Contains("is no longer used up: new clients are accepted", lines[2]);
    }

    [TestMethod]
    public void A_little_above_the_budget_for_long_clients_that_do_not_read_are_disconnected_until_new_clients_are_accepted()
    {
        MemoryBudget budget = Budget();
        var registry = new ConnectionRegistry(10, 10);
        var watch = new MemoryWatch(registry, budget, new Faults(new FaultLog()), new LineLog());
        (Connection first, _) = Connect(registry);
        (Connection second, _) = Connect(registry);
        Stall(first, 300);
        Stall(second, 200);
        _time.Advance(MemoryWatch.ShortLag);
        budget.Add(2 * Limit);
        _inUse = Limit + 1;
        watch.Look();
        for (int i = 2; i < MemoryWatch.MostChecksAbove; i++)
        {
            LookAgain(watch);
        }

        Assert.AreEqual(CloseReason.None, first.Reason, "For a short time only new clients are rejected.");
        LookAgain(watch);

        Assert.AreEqual(CloseReason.MemoryUsedUp, first.Reason);
        Assert.AreEqual(CloseReason.None, second.Reason, "One is enough.");
        _inUse = 0;
        LookAgain(watch);
        _inUse = Limit + 1;
        LookAgain(watch);
        Assert.AreEqual(CloseReason.None, second.Reason, "The time begins anew.");
    }

    [TestMethod]
    public void No_client_that_takes_what_it_is_sent_is_disconnected_and_none_with_a_short_queue()
    {
        MemoryBudget budget = Budget();
        var log = new LineLog();
        var registry = new ConnectionRegistry(10, 10);
        var watch = new MemoryWatch(registry, budget, new Faults(log), log);
        (Connection reading, FakeTransport peer) = Connect(registry);
        Stall(reading, 300);
        _time.Advance(MemoryWatch.LongLag);
        peer.Takes = offered => offered;
        Eventually.True(
            () =>
            {
                _writer.Round();
                return reading.Outbox.Lag is null;
            },
            "the peer should take something again");
        reading.Outbox.Append(new byte[300 * Frame.Size]);
        (Connection quiet, _) = Connect(registry);
        Stall(quiet, QueueMemory.Step / Frame.Size);
        _time.Advance(MemoryWatch.LongLag);
        (Connection late, _) = Connect(registry);
        Stall(late, 300);
        _time.Advance(MemoryWatch.ShortLag / 2);
        (Connection waiting, _) = Connect(registry); // the writer has not come to it yet
        waiting.Outbox.Append(new byte[300 * Frame.Size]);
        budget.Add(2 * Limit);
        _inUse = 10 * Limit;

        watch.Look();

        Assert.AreSequenceEqual(
            Enumerable.Repeat(CloseReason.None, 4), ((Connection[])[waiting, reading, quiet, late]).Select(connection => connection.Reason));
    }

    [TestMethod]
    public void A_client_that_has_shown_that_it_reads_is_disconnected_after_all_others_and_only_after_a_long_stall()
    {
        MemoryBudget budget = Budget();
        var registry = new ConnectionRegistry(10, 10);
        var watch = new MemoryWatch(registry, budget, new Faults(new FaultLog()), new LineLog());
        (Connection reads, _) = Connect(registry);
        while (!reads.Outbox.HasReadMuch)
        {
            reads.Outbox.Append(new byte[50 * Frame.Size]);
            _writer.Round();
        }

        _writer.Round();
        Stall(reads, 1_000);
        _time.Advance(MemoryWatch.LongLag - MemoryWatch.ShortLag);
        (Connection never, _) = Connect(registry);
        Stall(never, 200);
        _time.Advance(MemoryWatch.ShortLag - TimeSpan.FromTicks(1));
        budget.Add(2 * Limit);
        _inUse = 10 * Limit;

        watch.Look();
        Assert.AreEqual(CloseReason.None, reads.Reason, "It was quiet for less than a slow reader may be.");
        Assert.AreEqual(CloseReason.None, never.Reason);

        _time.Advance(TimeSpan.FromTicks(1));
        _inUse = WellAbove;
        LookAgain(watch);
        Assert.AreEqual(CloseReason.MemoryUsedUp, never.Reason, "It has the shorter queue, and has never read.");
        Assert.AreEqual(CloseReason.None, reads.Reason);

        LookAgain(watch);
        Assert.AreEqual(CloseReason.MemoryUsedUp, reads.Reason);
    }

    [TestMethod]
    public void Garbage_alone_does_not_cause_a_collection_at_each_check()
    {
        int collections = 0;
        var budget = new MemoryBudget(Limit, Kernel, isCollected =>
        {
            collections += isCollected ? 1 : 0;
            return isCollected ? 0 : 2 * Limit;
        });
        budget.Add(2 * Limit);
        var log = new LineLog();
        var watch = new MemoryWatch(new ConnectionRegistry(10, 10), budget, new Faults(log), log);

        LookAgain(watch);

        Assert.AreEqual(1, collections, "Each one holds up all threads.");
        watch.Look();
        Assert.AreEqual(2, collections);
        Assert.IsEmpty(log.Take());
    }

    private static void LookAgain(MemoryWatch watch)
    {
        for (int i = 0; i < 5; i++)
        {
            watch.Look();
        }
    }

    private (Connection Connection, FakeTransport Peer) Connect(ConnectionRegistry registry)
    {
        var peer = new FakeTransport();
        var connection = new Connection(
            _peers.Count + 1, peer, _writer, new SendLimits(1_000_000, 2_000_000, TimeSpan.FromHours(1)), _time);
        _peers.Add(connection, peer);
        Assert.IsTrue(registry.TryAdd(connection, out _));
        return (connection, peer);
    }

    /// <summary>So many frames wait for a peer that takes nothing from now on.</summary>
    private void Stall(Connection connection, int frames)
    {
        _peers[connection].Takes = _ => 0;
        connection.Outbox.Append(new byte[frames * Frame.Size]);
        _writer.Round();
    }

    private MemoryBudget Budget() => new(Limit, Kernel, isCollected =>
    {
        _collections += isCollected ? 1 : 0;
        return _inUse;
    });
}
