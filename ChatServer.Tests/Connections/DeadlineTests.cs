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
    public void Where_none_was_set_none_passes()
    {
        var deadline = new Deadline(_time);

        _time.Advance(TimeSpan.FromDays(365));

        Assert.IsFalse(deadline.IsSet);
        Assert.AreEqual(CloseReason.None, deadline.Check());
    }

    [TestMethod]
    public void It_passes_when_its_time_has_come_and_not_before()
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
    public void One_that_is_taken_away_does_not_pass()
    {
        var deadline = new Deadline(_time);
        deadline.Set(TenSeconds, CloseReason.FrameTimeout);

        deadline.Clear();
        _time.Advance(TenSeconds * 2);

        Assert.IsFalse(deadline.IsSet);
        Assert.AreEqual(CloseReason.None, deadline.Check());
    }

    [TestMethod]
    public void Setting_it_again_counts_from_then_and_gives_another_reason()
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
