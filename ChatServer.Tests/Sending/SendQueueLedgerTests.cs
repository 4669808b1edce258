using CsCheck;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Sending;

/// <summary>Long random runs, kept books on. CsCheck prints the seed of a run that fails, and shortens it.</summary>
[TestClass]
[TestCategory(SlowTest.Category)]
public sealed class SendQueueLedgerTests
{
    private const int Soft = 20;

    /// <summary>What happens next: so many frames appended in one run, then a round in which the peer takes so many bytes.</summary>
    private static readonly Gen<(int Frames, int Takes)> Step = Gen.Select(
        Gen.Int[0, 8],
        Gen.Frequency((1, Gen.Const(0)), (3, Gen.Int[1, 450]), (3, Gen.Int[1, 4_000]), (1, Gen.Const(int.MaxValue))));

    [TestMethod]
    public void Property_the_peer_gets_every_byte_once_and_in_order_and_senders_wait_while_it_is_congested()
    {
        Step.Array[1, 200].Sample(steps =>
        {
            using var rig = new SendRig(Soft);
            bool isCongested = false;

            foreach ((int frames, int takes) in steps)
            {
                if (frames > 0)
                {
                    isCongested |= rig.Appended.Count + (frames * Frame.Size) - rig.Target.TakenCount > Soft * Frame.Size;
                    Assert.AreEqual(isCongested, rig.Append(frames));
                }

                rig.Target.Takes = offered => Math.Min(offered, takes);
                rig.Round();
                isCongested &= rig.Appended.Count - rig.Target.TakenCount > Soft * Frame.Size * 7 / 8;
            }

            rig.Target.Takes = offered => offered;
            rig.Queue.Complete();
            rig.RoundUntil(() => rig.Target.Endings.Length > 0, "the peer should be told that it was all");
            rig.AssertTaken(rig.Appended.Count);
            Assert.IsEmpty(rig.Target.Aborts);
        });
    }

    [TestMethod]
    public void Property_a_peer_that_is_disconnected_at_any_moment_has_received_a_prefix_without_a_gap()
    {
        Gen.Select(Step.Array[1, 50], Step.Array[1, 10]).Sample((before, after) =>
        {
            using var rig = new SendRig(Soft);
            Run(rig, before);
            int taken = rig.Target.TakenCount;

            rig.Queue.Close();
            Run(rig, after);

            rig.AssertTaken(taken);
            Assert.IsEmpty(rig.Target.Endings);
        });
    }

    private static void Run(SendRig rig, (int Frames, int Takes)[] steps)
    {
        foreach ((int frames, int takes) in steps)
        {
            if (frames > 0)
            {
                rig.Append(frames);
            }

            rig.Target.Takes = offered => Math.Min(offered, takes);
            rig.Round();
        }
    }
}
