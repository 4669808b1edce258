using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class SenderShareTests
{
    private static readonly SendLimits Limits = new(1_000, 2_000, TimeSpan.FromSeconds(1)) { SenderRate = 100, SenderBurst = 1_000 };

    private readonly FakeTimeProvider _time = new();
    private readonly SenderActivity _activity = new();

    [TestMethod]
    public void No_sender_waits_before_the_burst_is_used_up()
    {
        SenderShare one = Share(), other = Share();
        for (int i = 0; i < 9; i++)
        {
            Assert.AreEqual(TimeSpan.Zero, one.Spend(100));
            Assert.AreEqual(TimeSpan.Zero, other.Spend(100));
        }
    }

    [TestMethod]
    public void Above_the_burst_a_sender_waits_as_the_rate_says_while_others_send()
    {
        SenderShare one = Share(), other = Share();
        Assert.AreEqual(TimeSpan.Zero, one.Spend(1_000), "The first call finds the other senders.");
        other.Spend(1);

        Assert.AreEqual(TimeSpan.FromSeconds(2), one.Spend(200));
        for (int i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(i == 0 ? 2 : 0.5));
            Assert.AreEqual(TimeSpan.Zero, other.Spend(1));
            Assert.AreEqual(TimeSpan.FromSeconds(0.5), one.Spend(50));
        }
    }

    [TestMethod]
    public void A_sender_that_sees_others_in_the_second_half_of_its_burst_waits_at_its_end()
    {
        SenderShare one = Share(), other = Share();
        Assert.AreEqual(TimeSpan.Zero, one.Spend(500));
        other.Spend(1);

        Assert.AreEqual(TimeSpan.FromSeconds(1), one.Spend(600));
    }

    [TestMethod]
    public void A_sender_that_was_quiet_sees_the_others_in_its_next_burst_as_well()
    {
        SenderShare one = Share(), other = Share();
        one.Spend(10_000);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual(TimeSpan.Zero, one.Spend(1), "The burst is there again.");
        Assert.AreEqual(TimeSpan.Zero, one.Spend(500));
        other.Spend(1);

        Assert.AreEqual(TimeSpan.FromSeconds(1), one.Spend(600));
    }

    [TestMethod]
    public void A_sender_that_is_alone_does_not_wait()
    {
        SenderShare alone = Share();
        for (int i = 0; i < 1_000; i++)
        {
            Assert.AreEqual(TimeSpan.Zero, alone.Spend(1_000_000));
        }
    }

    [TestMethod]
    public void A_sender_that_was_alone_for_long_waits_for_little_more_than_a_second_when_others_send()
    {
        SenderShare alone = Share(), other = Share();
        alone.Spend(1_000_000);
        other.Spend(1);

        Assert.AreEqual(TimeSpan.FromSeconds(1.01), alone.Spend(1));
    }

    [TestMethod]
    public void Others_that_have_stopped_do_not_count()
    {
        SenderShare one = Share(), other = Share();
        one.Spend(10_000);
        other.Spend(1);
        _time.Advance(SenderShare.Recent);

        Assert.AreEqual(TimeSpan.Zero, one.Spend(10_000));
        Assert.AreEqual(TimeSpan.Zero, one.Spend(10_000));
    }

    [TestMethod]
    public void Others_that_sent_before_the_burst_was_used_up_do_not_count()
    {
        SenderShare one = Share(), other = Share();
        other.Spend(1);
        one.Spend(1);
        other.Spend(1);

        Assert.AreEqual(TimeSpan.Zero, one.Spend(10_000));
    }

    [TestMethod]
    public void Without_a_rate_no_sender_waits()
    {
        var free = new SenderShare(_activity, Limits with { SenderRate = 0 }, _time);
        Share().Spend(1);

        Assert.AreEqual(TimeSpan.Zero, free.Spend(long.MaxValue / 2));
    }

    private SenderShare Share() => new(_activity, Limits, _time);
}
