using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class SendQueueEndTests
{
    [TestMethod]
    public void Completing_sends_everything_and_then_ends_the_stream_once()
    {
        using var rig = new SendRig();
        rig.Target.Takes = offered => Math.Min(offered, 130);
        rig.Append(3);
        rig.Round();
        rig.Append(2);

        rig.Queue.Complete();
        rig.Queue.Complete();

        rig.RoundUntil(() => rig.Target.Endings.Length > 0, "the peer should be told that it was all");
        rig.Round();
        rig.AssertTaken(5 * Frame.Size);
        Assert.AreSequenceEqual([5 * Frame.Size], rig.Target.Endings);
        Assert.IsEmpty(rig.Target.Aborts);
    }

    [TestMethod]
    public void Completing_an_empty_queue_ends_the_stream()
    {
        using var rig = new SendRig();

        rig.Queue.Complete();
        rig.Round();
        rig.Round();

        Assert.AreSequenceEqual([0], rig.Target.Endings);
        Assert.IsEmpty(rig.Target.Sends);
    }

    [TestMethod]
    public void A_completing_queue_waits_for_a_peer_that_takes_nothing()
    {
        using var rig = new SendRig();
        rig.Target.Takes = _ => 0;
        rig.Append();
        rig.Round();

        rig.Queue.Complete();
        rig.RoundUntil(() => rig.Target.Sends.Length > 2, "the peer should be tried again");
        Assert.IsEmpty(rig.Target.Endings);

        rig.Target.Takes = offered => offered;
        rig.RoundUntil(() => rig.Target.Endings.Length > 0, "the peer should be told that it was all");
        rig.AssertTaken(Frame.Size);
    }

    [TestMethod]
    public void An_end_that_the_peer_does_not_take_is_tried_again_until_it_does()
    {
        using var rig = new SendRig();
        rig.Target.EndsRejected = 3;
        rig.Append();

        rig.Queue.Complete();
        rig.Round();
        rig.Round();

        Assert.IsFalse(rig.Queue.IsCompleted);
        rig.RoundUntil(() => rig.Target.Endings.Length > 0, "the end should be tried again");
        Assert.IsTrue(rig.Queue.IsCompleted);
        rig.Round();
        Assert.AreSequenceEqual([Frame.Size], rig.Target.Endings);
    }

    [TestMethod]
    public void A_queue_that_is_closed_while_its_end_is_not_taken_is_done()
    {
        using var rig = new SendRig();
        rig.Target.EndsRejected = int.MaxValue;
        rig.Queue.Complete();
        rig.Round();

        rig.Queue.Close();
        rig.RoundUntil(() => rig.Queue.RetryDelay == 0, "the writer should be done with it");

        Assert.IsEmpty(rig.Target.Endings);
        Assert.IsFalse(rig.Queue.IsCompleted);
    }

    [TestMethod]
    public void After_completing_the_queue_takes_no_frame()
    {
        using var rig = new SendRig(softFrames: 1);
        rig.Append();
        rig.Queue.Complete();

        Assert.IsFalse(rig.Append(5));
        rig.RoundUntil(() => rig.Target.Endings.Length > 0, "the peer should be told that it was all");
        Assert.IsFalse(rig.Append(5));
        rig.Round();

        rig.AssertTaken(Frame.Size);
    }

    [TestMethod]
    public void A_wait_for_completion_ends_when_all_is_sent()
    {
        using var rig = new SendRig();
        rig.Append(2);
        rig.Queue.Complete();
        bool isComplete = false;
        TestThread waiter = TestThread.Start(
            "a reader that waits for completion", () => isComplete = rig.Queue.WaitForCompletion(TimeSpan.FromHours(1)));
        waiter.AwaitBlocked();

        rig.RoundUntilAllIsTaken();
        rig.Round();

        waiter.AwaitEnd();
        Assert.IsTrue(isComplete);
    }

    [TestMethod]
    public void A_wait_for_completion_ends_when_the_connection_is_aborted()
    {
        using var rig = new SendRig();
        rig.Append(2);
        rig.Queue.Complete();
        bool isComplete = true;
        TestThread waiter = TestThread.Start(
            "a reader that waits for completion", () => isComplete = rig.Queue.WaitForCompletion(TimeSpan.FromHours(1)));
        waiter.AwaitBlocked();

        rig.Queue.Close();

        waiter.AwaitEnd();
        Assert.IsFalse(isComplete);
    }

    [TestMethod]
    public void A_wait_for_completion_has_a_limit()
    {
        using var rig = new SendRig();
        rig.Append();
        rig.Queue.Complete();

        Assert.IsFalse(rig.Queue.WaitForCompletion(TimeSpan.FromMilliseconds(1)));
    }

    [TestMethod]
    public void Closing_drops_what_is_queued()
    {
        using var rig = new SendRig();
        rig.Append(3);

        rig.Queue.Close();
        rig.Round();
        Assert.IsFalse(rig.Append());
        rig.Round();

        Assert.IsEmpty(rig.Target.Sends);
        Assert.IsEmpty(rig.Target.Endings);
        Assert.IsEmpty(rig.Target.Aborts);
    }

    [TestMethod]
    public void Closing_drops_also_what_is_half_sent()
    {
        using var rig = new SendRig();
        rig.Target.Takes = offered => Math.Min(offered, 130);
        rig.Append(3);
        rig.Round();

        rig.Queue.Close();
        rig.Round();
        rig.Round();

        rig.AssertTaken(130);
        Assert.IsEmpty(rig.Target.Endings);
    }

    [TestMethod]
    public void Closing_while_completing_drops_the_rest_and_does_not_end_the_stream()
    {
        using var rig = new SendRig();
        rig.Append(3);
        rig.Queue.Complete();

        rig.Queue.Close();
        rig.Round();

        Assert.IsEmpty(rig.Target.Sends);
        Assert.IsEmpty(rig.Target.Endings);
    }
}
