using System.Diagnostics;
using CsCheck;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class WriterTests
{
    [TestMethod]
    public void Each_queue_has_one_turn_in_a_round_however_much_another_has_to_send()
    {
        using var busy = new SendRig();
        using var quiet = new SendRig(writer: busy.Writer);
        busy.Target.Takes = offered => Math.Min(offered, Frame.Size);
        busy.Append(100);
        quiet.Append(1);

        busy.Round();

        busy.AssertTaken(Frame.Size);
        quiet.AssertTaken(Frame.Size);
    }

    [TestMethod]
    public void A_peer_that_takes_nothing_delays_no_other_peer()
    {
        using var stuck = new SendRig();
        using var other = new SendRig(writer: stuck.Writer);
        stuck.Target.Takes = _ => 0;
        stuck.Append();
        stuck.Writer.Start();
        stuck.Writer.Wake();
        Eventually.True(() => stuck.Target.Sends.Length > 0, "the stuck peer should be tried");

        for (int i = 0; i < 10; i++)
        {
            other.Append();
            other.Writer.Wake();
            Eventually.True(() => other.Target.TakenCount == other.Appended.Count, "the other peer should have its frame");
        }
    }

    [TestMethod]
    public void A_peer_that_takes_nothing_is_tried_less_and_less_often_independently_of_others()
    {
        using var stuck = new SendRig();
        using var other = new SendRig(writer: stuck.Writer);
        stuck.Target.Takes = _ => 0;
        int tries = 0;
        long start = Stopwatch.GetTimestamp();
        other.Target.Takes = offered => ++tries % 2 == 0 ? offered : 0; // blocked every second time
        stuck.Append();
        stuck.Writer.Start();
        stuck.Writer.Wake();

        Eventually.True(
            () =>
            {
                other.Append();
                other.Writer.Wake();
                return stuck.Target.Sends.Length >= 8; // 1 + 2 + 4 + … + 64 ms
            },
            "the stuck peer should be tried now and then");

        // The least it can be: tried at once whenever the other takes something, this takes a tenth of it.
        Assert.IsGreaterThan(TimeSpan.FromMilliseconds(90), Stopwatch.GetElapsedTime(start));
    }

    [TestMethod]
    public void A_fault_with_one_peer_ends_only_its_connection()
    {
        using var faulty = new SendRig();
        using var other = new SendRig(writer: faulty.Writer);
        faulty.Target.Takes = _ => throw new InvalidOperationException("a fault of ours");
        faulty.Append();
        other.Append();

        faulty.Round();
        other.Append();
        faulty.Round();

        other.AssertTaken(2 * Frame.Size);
        Assert.AreSequenceEqual([CloseReason.Fault], faulty.Target.Aborts);
        Assert.IsFalse(faulty.Append(), "takes no more");
        Assert.HasCount(1, faulty.Log.Faults);
    }

    [TestMethod]
    public void A_fault_at_the_end_of_a_connection_does_not_affect_the_others()
    {
        using var first = new SendRig();
        using var faulty = new SendRig(writer: first.Writer);
        using var last = new SendRig(writer: first.Writer);
        faulty.Target.Takes = _ => throw new InvalidOperationException("a fault of ours");
        faulty.Target.WhenAborted = () => throw new InvalidOperationException("and another");
        first.Append();
        faulty.Append();
        last.Append();

        first.Writer.Start();
        first.Writer.Wake();

        foreach (SendRig other in (SendRig[])[first, last])
        {
            Eventually.True(() => other.Target.TakenCount == Frame.Size, "the others should be sent to, before it and behind it");
        }

        first.Append();
        first.Writer.Wake();
        Eventually.True(() => first.Target.TakenCount == 2 * Frame.Size, "the writer should live");
        Assert.AreEqual(2, first.Log.Faults.Count);
    }

    [TestMethod]
    public void A_writer_that_sleeps_is_woken_each_time_there_is_something_to_send()
    {
        using var rig = new SendRig();
        rig.Writer.Start();

        // Each time a little later: the writer is met awake, on its way to sleep, and asleep.
        for (int i = 0; i < 500; i++)
        {
            Thread.SpinWait(20 * i);
            rig.Append();
            rig.Writer.Wake();
            Eventually.True(() => rig.Target.TakenCount == rig.Appended.Count, $"frame {i} should be taken");
        }

        rig.AssertTaken(rig.Appended.Count);
    }

    [TestMethod]
    public void A_writer_that_sleeps_can_be_stopped()
    {
        var rig = new SendRig();
        rig.Writer.Start();
        rig.Append();
        rig.Writer.Wake();
        Eventually.True(() => rig.Target.TakenCount > 0, "the frame should be taken");

        TestThread.Start("the stop of the writer", rig.Dispose).AwaitEnd();
    }

    /// <summary>
    /// The whole path under load: threads that append to several queues, wait if Append says so, and wake the writer,
    /// which runs; peers that take any number of bytes, at times none.
    /// </summary>
    [TestMethod]
    [TestCategory(SlowTest.Category)]
    public void Property_each_peer_gets_every_frame_once_and_each_thread_keeps_its_order()
    {
        const int Threads = 4;
        const int Runs = 100;

        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                using var first = new SendRig(softFrames: 30);
                using var second = new SendRig(softFrames: 30, writer: first.Writer);
                SendRig[] rigs = [first, second];
                first.Target.Takes = MoodyPeer(seed);
                second.Target.Takes = MoodyPeer(seed + 1L);
                first.Writer.Start();

                TestThread.Meet(Threads, thread =>
                {
                    for (int run = 0; run < Runs; run++)
                    {
                        byte[] frames = [.. Frame.Encode($"{thread}:{run} a"), .. Frame.Encode($"{thread}:{run} b")];
                        SendRig[] slow = [.. rigs.Where(rig => rig.Queue.Append(frames))];
                        first.Writer.Wake();
                        Array.ForEach(slow, rig => rig.Queue.WaitForSpace());
                    }
                });

                foreach (SendRig rig in rigs)
                {
                    Eventually.True(() => rig.Target.TakenCount >= Threads * Runs * 2 * Frame.Size, "all frames should be taken");
                    AssertEveryFrameOnceInEachThreadsOrder(rig.Target.Taken, Threads, Runs);
                    Assert.IsEmpty(rig.Target.Aborts);
                }
            },
            iter: Rounds.Of(20),
            threads: 1);
    }

    private static Func<int, int> MoodyPeer(long seed)
    {
        var random = new Random((int)(seed % int.MaxValue));
        return offered => random.Next(20) == 0 ? 0 : Math.Min(offered, random.Next(1, 3_000));
    }

    private static void AssertEveryFrameOnceInEachThreadsOrder(byte[] taken, int threads, int runs)
    {
        string[] texts = [.. taken.Chunk(Frame.Size).Select(frame => Frame.Decode(frame))];
        Assert.HasCount(threads * runs * 2, texts);
        for (int thread = 0; thread < threads; thread++)
        {
            Assert.AreSequenceEqual(
                Enumerable.Range(0, runs).SelectMany(run => (string[])[$"{thread}:{run} a", $"{thread}:{run} b"]),
                texts.Where(text => text.StartsWith($"{thread}:", StringComparison.Ordinal)));
        }
    }
}
