using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class SendQueueLimitTests
{
    private const int Soft = 16;
    private const int Hard = 32;

    [TestMethod]
    public void Appending_asks_to_wait_above_the_soft_limit_and_not_at_it()
    {
        using var rig = new SendRig(Soft, Hard);

        Assert.IsFalse(rig.Append(Soft), "at the limit");
        Assert.IsTrue(rig.Append(1), "above it");
        Assert.IsTrue(rig.Append(1), "still above it");
    }

    [TestMethod]
    public void A_queue_is_congested_until_an_eighth_of_it_is_free()
    {
        using var rig = FullRig();
        SendFrames(rig, 2);
        Assert.IsTrue(rig.Queue.IsCongested, "15 of 16");

        SendFrames(rig, 1);

        Assert.IsFalse(rig.Queue.IsCongested, "14 of 16");
        Assert.IsFalse(rig.Append(1));
    }

    [TestMethod]
    public void A_queue_is_long_while_more_than_half_of_the_soft_limit_is_queued()
    {
        using var rig = new SendRig(Soft, Hard);
        rig.Target.Takes = offered => Math.Min(offered, Frame.Size);

        rig.Append(Soft / 2);
        Assert.IsFalse(rig.Queue.HasLongQueue, "half of it");
        rig.Append(1);
        Assert.IsTrue(rig.Queue.HasLongQueue, "more than half of it");
        rig.Append(Soft);
        Assert.IsTrue(rig.Queue.HasLongQueue, "congested");

        SendFrames(rig, Soft + 1);
        Assert.IsFalse(rig.Queue.HasLongQueue, "half of it is left");
    }

    [TestMethod]
    public void A_wait_for_space_ends_when_an_eighth_is_free_and_not_before()
    {
        using var rig = FullRig();
        TestThread sender = TestThread.Start("a sender that waits for room", rig.Queue.WaitForSpace);
        sender.AwaitBlocked();

        SendFrames(rig, 2);
        sender.AwaitBlocked();
        Assert.IsTrue(sender.IsRunning, "15 of 16 are left");

        SendFrames(rig, 1);
        sender.AwaitEnd();

        Assert.IsEmpty(rig.Target.Aborts);
        rig.RoundUntilAllIsTaken();
    }

    [TestMethod]
    public void All_waiting_senders_continue()
    {
        using var rig = FullRig();
        TestThread[] senders = [.. Enumerable.Range(0, 3).Select(i => TestThread.Start($"sender {i}", rig.Queue.WaitForSpace))];
        Array.ForEach(senders, sender => sender.AwaitBlocked());

        SendFrames(rig, 3);

        Array.ForEach(senders, sender => sender.AwaitEnd());
    }

    [TestMethod]
    public void A_sender_without_a_reason_to_wait_does_not_wait()
    {
        using var rig = new SendRig(Soft, Hard, slowTimeout: TimeSpan.Zero);
        rig.Append(Soft);

        rig.Queue.WaitForSpace();

        Assert.IsEmpty(rig.Target.Aborts);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(20)]
    public void A_peer_that_makes_no_space_in_time_is_disconnected(int slowMilliseconds)
    {
        using var rig = FullRig(TimeSpan.FromMilliseconds(slowMilliseconds));
        rig.Target.Takes = _ => 0;
        rig.Round();

        TestThread.Start("a sender that waits for room", rig.Queue.WaitForSpace).AwaitEnd();

        Assert.AreSequenceEqual([CloseReason.SlowConsumer], rig.Target.Aborts);
    }

    [TestMethod]
    public void Waiting_senders_continue_slowly_while_there_is_headroom()
    {
        using var rig = new SendRig(Soft, Hard, headroom: 2 * Congestion.SlowStep);
        rig.Target.Takes = _ => 0;
        rig.Append(Soft + 1);

        for (int i = 0; i < 2; i++)
        {
            TestThread.Start("a sender that goes on slowly", rig.Queue.WaitForSpace).AwaitEnd();
            Assert.IsFalse(rig.Queue.IsCongested);
            Assert.IsTrue(rig.Append(i == 0 ? 7 : 8), "It is congested again: the next one waits as well.");
        }

        TestThread sender = TestThread.Start("a sender that finds the headroom full", rig.Queue.WaitForSpace);
        Assert.IsFalse(sender.HasEndedWithin(TimeSpan.FromMilliseconds(200)));
        rig.Queue.Close();
        sender.AwaitEnd();
    }

    [TestMethod]
    public void While_memory_is_short_there_is_no_headroom()
    {
        var budget = new MemoryBudget(1_000_000, 0, _ => 0);
        using var writer = new Writer(new Faults(new FaultLog()), budget);
        using var rig = new SendRig(softFrames: 100, hardFrames: 1_000, writer: writer, headroom: 64 * 1024);
        rig.Target.Takes = _ => 0;
        rig.Append(101);
        budget.Add(2_000_000);

        TestThread sender = TestThread.Start("a sender that waits for room", rig.Queue.WaitForSpace);

        Assert.IsFalse(sender.HasEndedWithin(TimeSpan.FromMilliseconds(200)));
        rig.Queue.Close();
        sender.AwaitEnd();
    }

    [TestMethod]
    public void A_peer_to_which_the_server_has_not_sent_is_not_disconnected()
    {
        using var rig = FullRig(TimeSpan.FromMilliseconds(1));
        TestThread sender = TestThread.Start("a sender that waits for room", rig.Queue.WaitForSpace);
        Assert.IsFalse(sender.HasEndedWithin(TimeSpan.FromMilliseconds(100)), "Its time is over many times.");
        Assert.IsEmpty(rig.Target.Aborts);

        SendFrames(rig, 3);

        sender.AwaitEnd();
        Assert.IsEmpty(rig.Target.Aborts);
    }

    [TestMethod]
    public void A_wait_for_the_turn_ends_when_it_is_granted_before_or_after()
    {
        using var rig = new SendRig();
        rig.Queue.GrantTurn();
        rig.Queue.WaitForTurn();
        TestThread sender = TestThread.Start("a sender that waits for its turn", rig.Queue.WaitForTurn);
        sender.AwaitBlocked();

        rig.Queue.GrantTurn();

        sender.AwaitEnd();
    }

    [TestMethod]
    public void A_wait_for_space_ends_when_the_connection_ends()
    {
        using var rig = FullRig();
        TestThread sender = TestThread.Start("a sender that waits for room", rig.Queue.WaitForSpace);
        sender.AwaitBlocked();

        rig.Queue.Close();

        sender.AwaitEnd();
        Assert.IsEmpty(rig.Target.Aborts);
    }

    [TestMethod]
    public void At_the_hard_limit_the_peer_stays_connected()
    {
        using var rig = new SendRig(Soft, Hard);
        rig.Append(Hard);

        rig.RoundUntilAllIsTaken();

        Assert.IsEmpty(rig.Target.Aborts);
    }

    [TestMethod]
    public void Over_the_hard_limit_the_writer_and_not_the_appending_thread_disconnects_the_peer()
    {
        using var rig = new SendRig(Soft, Hard);
        rig.Append(Hard);

        rig.Append(1);
        Assert.IsEmpty(rig.Target.Aborts, "whoever appends may hold a channel's gate");

        rig.RoundUntil(() => rig.Target.Aborts.Length > 0, "the peer should be cut off");
        Assert.AreSequenceEqual([CloseReason.SlowConsumer], rig.Target.Aborts);
    }

    [TestMethod]
    public void Over_the_hard_limit_a_peer_that_takes_nothing_is_disconnected_too()
    {
        using var rig = new SendRig(Soft, Hard);
        rig.Target.Takes = _ => 0;
        rig.Append(1);
        rig.Round();

        rig.Append(Hard);

        rig.RoundUntil(() => rig.Target.Aborts.Length > 0, "the peer should be cut off");
        Assert.AreSequenceEqual([CloseReason.SlowConsumer], rig.Target.Aborts);
    }

    [TestMethod]
    public void Over_the_hard_limit_no_frame_is_accepted_and_the_sent_bytes_have_no_gap()
    {
        using var rig = new SendRig(Soft, Hard);
        rig.Target.Takes = offered => Math.Min(offered, 150);
        rig.Append(2);
        rig.Round();

        rig.Append(Hard);
        rig.Append(1);
        rig.RoundUntil(() => rig.Target.Aborts.Length > 0, "the peer should be cut off");

        Assert.IsFalse(rig.Append(1));
        rig.Round();
        rig.AssertTaken(rig.Target.TakenCount);
        Assert.IsLessThanOrEqualTo(2 * Frame.Size, rig.Target.TakenCount, "frames that were not begun are not sent");
    }

    /// <summary>A queue one frame above the soft limit, before a peer that takes a frame at a time.</summary>
    private static SendRig FullRig(TimeSpan? slowTimeout = null)
    {
        var rig = new SendRig(Soft, Hard, slowTimeout);
        rig.Target.Takes = offered => Math.Min(offered, Frame.Size);
        rig.Append(Soft + 1);
        return rig;
    }

    private static void SendFrames(SendRig rig, int count)
    {
        int before = rig.Target.TakenCount;
        for (int i = 0; i < count; i++)
        {
            rig.Round();
        }

        Assert.AreEqual(before + (count * Frame.Size), rig.Target.TakenCount);
    }
}
