using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class WriterCountsTests
{
    [TestMethod]
    public void The_writer_counts_rounds_sends_bytes_and_the_appends_that_they_had()
    {
        using var rig = new SendRig();
        WriterCounts counts = rig.Writer.Counts;
        rig.Append(frames: 2);
        rig.Append();
        rig.Append(frames: 3);

        rig.Round();

        Assert.AreEqual((1, 1, 6 * Frame.Size, 3), (counts.Rounds, counts.Sends, counts.Bytes, counts.Batches));
    }

    [TestMethod]
    public void An_append_that_takes_many_sends_is_counted_once()
    {
        using var rig = new SendRig();
        rig.Target.Takes = _ => 50;
        rig.Append();

        rig.RoundUntilAllIsTaken();

        Assert.AreEqual((4, Frame.Size, 1), (rig.Writer.Counts.Sends, rig.Writer.Counts.Bytes, rig.Writer.Counts.Batches));
    }

    [TestMethod]
    public void A_send_that_takes_nothing_is_not_counted()
    {
        using var rig = new SendRig();
        rig.Target.Takes = _ => 0;
        rig.Append();

        rig.Round();

        Assert.AreEqual((0, 0), (rig.Writer.Counts.Sends, rig.Writer.Counts.Bytes));
    }
}
