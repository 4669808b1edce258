using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class SendQueueSendingTests
{
    [TestMethod]
    public void Appended_frames_are_sent_in_order()
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
    public void Several_segments_are_sent_in_one_send()
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
    public void A_segment_longer_than_one_send_takes_is_sent_in_several()
    {
        using var rig = new SendRig();
        rig.Append(1);
        rig.Append(300);
        rig.Append(1);

        rig.RoundUntilAllIsTaken();

        Assert.IsGreaterThan(1, rig.Target.Sends.Length);
    }

    [TestMethod]
    public void An_append_sends_nothing_before_the_next_round_of_the_writer()
    {
        using var rig = new SendRig();

        rig.Append();

        Assert.IsEmpty(rig.Target.Sends);
    }

    [TestMethod]
    public void An_empty_queue_causes_no_send()
    {
        using var rig = new SendRig();
        rig.Append();
        rig.Round();

        rig.Round();
        rig.Round();

        Assert.AreSequenceEqual([Frame.Size], rig.Target.Sends);
    }

    [TestMethod]
    public void After_a_partial_send_the_next_send_begins_at_the_next_byte()
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
        int rejections = 3;
        rig.Target.Takes = offered => rejections-- > 0 ? 0 : offered;
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
