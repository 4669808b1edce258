using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class DelaySamplerTests
{
    private readonly List<double> _recorded = [];

    [TestMethod]
    public void A_message_is_measured_when_all_of_it_is_sent()
    {
        using SendRig rig = Rig();
        rig.Target.Takes = _ => Frame.Size;
        rig.Append(); // before the receive
        Receive(rig, () => rig.Append(frames: 2)); // with one round

        rig.Round();
        Assert.AreEqual(2 * Frame.Size, rig.Target.TakenCount, "a part is sent");
        Assert.IsEmpty(_recorded);
        rig.Round();
        Assert.AreEqual(3 * Frame.Size, rig.Target.TakenCount, "all is sent");

        Assert.HasCount(1, _recorded);
        Assert.IsGreaterThanOrEqualTo(0, _recorded[0]);
    }

    [TestMethod]
    public void Only_the_appends_of_the_reader_with_the_ticket_are_measured()
    {
        using SendRig rig = Rig();
        Assert.IsTrue(rig.Writer.Delays.BeginReceived());
        Together.Run([() => Assert.IsFalse(rig.Writer.Delays.BeginReceived(), "there is one ticket")]);
        Together.Run([() => rig.Append()]);
        rig.RoundUntilAllIsTaken();
        Assert.IsEmpty(_recorded);

        rig.Append();
        rig.Writer.Delays.EndReceived();
        rig.RoundUntilAllIsTaken();

        Assert.HasCount(1, _recorded);
    }

    [TestMethod]
    public void A_receive_that_leads_to_nothing_gives_the_ticket_back()
    {
        using SendRig rig = Rig();
        Receive(rig, () => { });

        Receive(rig, () => rig.Append());
        rig.RoundUntilAllIsTaken();

        Assert.HasCount(1, _recorded);
    }

    [TestMethod]
    public void A_queue_that_is_closed_gives_the_ticket_back_unmeasured()
    {
        using SendRig rig = Rig();
        using var other = new SendRig(writer: rig.Writer);
        Receive(rig, () => rig.Append());
        rig.Queue.Close();
        Assert.IsFalse(rig.Writer.Delays.BeginReceived(), "the next ticket comes later");

        AwaitTicket(rig);
        other.Append();
        rig.Writer.Delays.EndReceived();
        other.RoundUntilAllIsTaken();

        Assert.HasCount(1, _recorded);
    }

    [TestMethod]
    public void A_queue_over_its_hard_limit_gives_the_ticket_back()
    {
        using SendRig rig = Rig(hardFrames: 1);
        Receive(rig, () => rig.Append(frames: 2));
        Assert.IsFalse(rig.Queue.IsOpen);

        rig.Round();

        AwaitTicket(rig);
        Assert.IsEmpty(_recorded);
    }

    private SendRig Rig(int hardFrames = 10_000)
    {
        var rig = new SendRig(softFrames: Math.Min(hardFrames, 1_000), hardFrames: hardFrames);
        rig.Writer.Delays.Recorded = _recorded.Add;
        return rig;
    }

    private static void Receive(SendRig rig, Action work)
    {
        AwaitTicket(rig);
        work();
        rig.Writer.Delays.EndReceived();
    }

    private static void AwaitTicket(SendRig rig) =>
        rig.RoundUntil(rig.Writer.Delays.BeginReceived, "the writer should offer a ticket");
}
