using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class SenderWaitsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LineLog _lines = new();

    [TestMethod]
    public void Each_pause_and_each_resume_is_a_line_and_is_counted()
    {
        var waits = new SenderWaits(_time, _lines);

        long start = waits.Begin(3, SenderWaitKind.SlowMember, member: 17);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        waits.End(3, SenderWaitKind.SlowMember, start);

        _lines.Take().MustBe("Connection 3 waits for SlowMember; slow connection: 17 (0: none)", "Connection 3 continues: it waited for SlowMember, 250.0 ms");
        Assert.AreEqual(1, waits.Totals.Counts[(int)SenderWaitKind.SlowMember]);
        Assert.AreEqual(TimeSpan.FromMilliseconds(250), waits.Totals.Times[(int)SenderWaitKind.SlowMember]);
        Assert.AreEqual(0, waits.Totals.Counts[(int)SenderWaitKind.Turn]);
    }

    [TestMethod]
    public void Above_the_level_debug_nothing_is_logged()
    {
        var lines = new LineLog { Least = LogLevel.Information };
        var waits = new SenderWaits(_time, lines);

        waits.End(3, SenderWaitKind.Turn, waits.Begin(3, SenderWaitKind.Turn, member: 0));

        lines.Take().MustBe();
    }

    [TestMethod]
    public void A_sender_shows_for_which_member_it_waits_and_since_when()
    {
        using var slow = new SendRig(softFrames: 1, headroom: 0);
        using var sender = new SendRig(writer: slow.Writer);
        slow.Target.Takes = _ => 0;
        slow.Append(frames: 3);
        Assert.AreEqual(SenderWaitKind.None, sender.Queue.Wait.Kind);

        TestThread thread = TestThread.Start("to wait for the slow member", () => sender.Queue.WaitFor(slow.Queue));
        Eventually.True(() => sender.Queue.Wait.Kind == SenderWaitKind.SlowMember, "the sender should wait");
        slow.Queue.Close();
        thread.AwaitEnd();

        Assert.AreEqual(SenderWaitKind.None, sender.Queue.Wait.Kind);
        Assert.AreEqual(1, slow.Writer.Waits.Totals.Counts[(int)SenderWaitKind.SlowMember]);
    }
}
