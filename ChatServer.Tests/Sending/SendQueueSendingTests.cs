using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class SendQueueSendingTests
{
    [TestMethod]
    public void What_is_appended_is_sent_in_its_order()
    {
        using var rig = new SendRig();

        for (int i = 0; i < 100; i++)
        {
            rig.Append(frames: 1 + (i % 3));
            if (i % 7 == 0)
            {
                rig.Round();
            }
        }

        rig.RoundUntilAllIsTaken();
    }

    [TestMethod]
    public void Several_runs_go_out_in_one_send()
    {
        using var rig = new SendRig();
        rig.Append(1);
        rig.Append(3);
        rig.Append(2);

        rig.Round();

        Assert.AreSequenceEqual([6 * Frame.Size], rig.Target.Sends);
        rig.AssertTaken(6 * Frame.Size);
    }

    [TestMethod]
    public void A_run_longer_than_one_send_takes_goes_out_in_several()
    {
        using var rig = new SendRig();
        rig.Append(1);
        rig.Append(300);
        rig.Append(1);

        rig.RoundUntilAllIsTaken();

        Assert.IsGreaterThan(1, rig.Target.Sends.Length);
    }

    [TestMethod]
    public void Appending_sends_nothing_before_the_writer_comes_round()
    {
        using var rig = new SendRig();

        rig.Append();

        Assert.IsEmpty(rig.Target.Sends);
    }

    [TestMethod]
    public void An_empty_queue_is_not_sent_from()
    {
        using var rig = new SendRig();
        rig.Append();
        rig.Round();

        rig.Round();
        rig.Round();

        Assert.AreSequenceEqual([Frame.Size], rig.Target.Sends);
    }

    [TestMethod]
    public void A_send_that_took_only_part_is_gone_on_with_at_the_very_byte()
    {
        for (int taken = 1; taken <= 5 * Frame.Size; taken++)
        {
            using var rig = new SendRig();
            rig.Target.Takes = offered => Math.Min(offered, taken);
            rig.Append(2);
            rig.Append(1);
            rig.Append(2);

            for (int sent = 0; sent < rig.Appended.Count; sent += taken)
            {
                rig.Round();
            }

            rig.AssertTaken(rig.Appended.Count);
        }
    }

    [TestMethod]
    public void Frames_appended_during_a_partial_send_follow_it()
    {
        using var rig = new SendRig();
        rig.Target.Takes = offered => Math.Min(offered, 130);
        rig.Append(2);
        rig.Round();

        rig.Append(1);
        rig.Round();
        rig.Append(3);

        rig.RoundUntilAllIsTaken();
    }

    [TestMethod]
    public void A_peer_that_takes_nothing_is_tried_again_and_gets_everything_once_it_does()
    {
        using var rig = new SendRig();
        int refusals = 3;
        rig.Target.Takes = offered => refusals-- > 0 ? 0 : offered;
        rig.Append(2);
        rig.Round();

        rig.Append(1);

        rig.RoundUntilAllIsTaken();
        Assert.AreSequenceEqual([0, 0, 0], rig.Target.Sends[..3]);
    }

    [TestMethod]
    public void A_lost_connection_is_cut_off_and_nothing_more_is_sent_to_it()
    {
        using var rig = new SendRig();
        rig.Target.Takes = _ => -1;
        rig.Append(2);

        rig.Round();
        rig.Append(1);
        rig.Round();

        Assert.AreSequenceEqual([CloseReason.ConnectionLost], rig.Target.Aborts);
        Assert.AreSequenceEqual([-1], rig.Target.Sends);
    }
}
