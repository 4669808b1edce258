using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class MemoryBudgetTests
{
    private const int Kilobyte = 1024;
    private const int Limit = 1_000 * Kilobyte;
    private const int Kernel = 10 * Kilobyte;

    private long _inUse;
    private int _collections;

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
    public void Above_the_budget_no_client_is_accepted_and_well_above_it_the_longest_queue_is_disconnected_and_logged()
    {
        MemoryBudget budget = Budget();
        var log = new LineLog();
        var registry = new ConnectionRegistry(10, 10);
        var watch = new MemoryWatch(registry, budget, new Faults(log), log);
        using var small = new LoopbackConnection();
        using var large = new LoopbackConnection();
        Assert.IsTrue(registry.TryAdd(small.Connection, out _));
        Assert.IsTrue(registry.TryAdd(large.Connection, out _));
        small.Connection.Outbox.Append(new byte[10 * Frame.Size]);
        large.Connection.Outbox.Append(new byte[20 * Frame.Size]);
        budget.Add(2 * Limit);

        _inUse = Limit + 1;
        watch.Look();
        using var late = new LoopbackConnection();
        Assert.IsFalse(registry.TryAdd(late.Connection, out Rejection? rejection));
        Assert.Contains("--memory", rejection!.Why);
        Assert.IsTrue(rejection.IsServerFull);
        Assert.AreEqual(CloseReason.None, large.Connection.Reason);

        _inUse = Limit + (Limit / 4) + 1;
        LookAgain(watch);
        Assert.AreEqual(CloseReason.MemoryUsedUp, large.Connection.Reason);
        Assert.AreEqual(CloseReason.None, small.Connection.Reason);

        _inUse = 0;
        LookAgain(watch);
        Assert.IsTrue(registry.TryAdd(late.Connection, out _));
        string[] lines = log.Take();
        Assert.HasCount(3, lines);
        Assert.Contains("new clients are rejected", lines[0]);
        Assert.Contains("disconnected because memory is short: 4000 bytes", lines[1]);
        Assert.Contains("is enough again", lines[2]);
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

    private MemoryBudget Budget() => new(Limit, Kernel, isCollected =>
    {
        _collections += isCollected ? 1 : 0;
        return _inUse;
    });
}
