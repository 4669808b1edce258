using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class DeadlineTests
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new();

    [TestMethod]
    public void A_deadline_that_was_not_set_does_not_pass()
    {
        var deadline = new Deadline(_time);

        _time.Advance(TimeSpan.FromDays(365));

        Assert.IsFalse(deadline.IsSet);
        Assert.AreEqual(CloseReason.None, deadline.Check());
    }

    [TestMethod]
    public void A_deadline_passes_at_its_time_and_not_before()
    {
        var deadline = new Deadline(_time);
        deadline.Set(TenSeconds, CloseReason.NameTimeout);
        Assert.IsTrue(deadline.IsSet);

        _time.Advance(TenSeconds - Moment);
        Assert.AreEqual(CloseReason.None, deadline.Check());

        _time.Advance(Moment);
        Assert.AreEqual(CloseReason.NameTimeout, deadline.Check());

        _time.Advance(TenSeconds);
        Assert.AreEqual(CloseReason.NameTimeout, deadline.Check(), "it stays passed");
    }

    [TestMethod]
    public void A_cleared_deadline_does_not_pass()
    {
        var deadline = new Deadline(_time);
        deadline.Set(TenSeconds, CloseReason.FrameTimeout);

        deadline.Clear();
        _time.Advance(TenSeconds * 2);

        Assert.IsFalse(deadline.IsSet);
        Assert.AreEqual(CloseReason.None, deadline.Check());
    }

    [TestMethod]
    public void Setting_a_deadline_again_restarts_it_with_another_reason()
    {
        var deadline = new Deadline(_time);
        deadline.Set(TenSeconds, CloseReason.NameTimeout);
        _time.Advance(TenSeconds - Moment);

        deadline.Set(TenSeconds, CloseReason.FrameTimeout);

        _time.Advance(TenSeconds - Moment);
        Assert.AreEqual(CloseReason.None, deadline.Check());
        _time.Advance(Moment);
        Assert.AreEqual(CloseReason.FrameTimeout, deadline.Check());
    }
}
