using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class CongestionTests
{
    private static readonly TimeSpan SlowTimeout = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider _time = new();

    [TestMethod]
    public void The_first_time_a_peer_has_the_whole_patience()
    {
        var congestion = new Congestion(_time, SlowTimeout);

        congestion.Begin();

        Assert.AreEqual(SlowTimeout, congestion.Left);
        _time.Advance(SlowTimeout);
        Assert.AreEqual(TimeSpan.Zero, congestion.Left);
    }

    [TestMethod]
    [DataRow(64 * 1024, 1.0)]
    [DataRow(6_400, 0.09)]
    [DataRow(128 * 1024, 1.9)]
    public void A_peer_that_reads_steadily_has_time_for_ever_also_where_it_takes_much_at_a_time(int bytes, double seconds)
    {
        var congestion = new Congestion(_time, SlowTimeout);
        for (int i = 0; i < 1_000; i++)
        {
            congestion.Begin();
            _time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.IsGreaterThan(TimeSpan.Zero, congestion.Left);
            congestion.Taken(bytes);
            congestion.End();
        }
    }

    [TestMethod]
    public void A_peer_that_takes_a_little_while_it_is_congested_has_more_time_for_that()
    {
        var congestion = new Congestion(_time, SlowTimeout);
        congestion.Begin();
        _time.Advance(TimeSpan.FromSeconds(2.5));
        congestion.Taken(Congestion.BytesPerSecond / 2);

        Assert.AreEqual(TimeSpan.FromSeconds(1), congestion.Left);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual(TimeSpan.Zero, congestion.Left);
    }

    [TestMethod]
    public void A_peer_that_stops_and_goes_on_purpose_must_pay_for_each_second()
    {
        var congestion = new Congestion(_time, SlowTimeout);
        int times = 0;
        for (bool isInTime = true; isInTime; times++)
        {
            congestion.Begin();
            _time.Advance(TimeSpan.FromSeconds(2));
            isInTime = congestion.Left > TimeSpan.Zero;
            congestion.Taken(Congestion.BytesPerSecond / 2);
            congestion.End();
        }

        Assert.AreEqual(2, times, "Three seconds are there at first, and half a second more is paid for each time.");
    }

    [TestMethod]
    public void A_peer_has_at_most_the_slow_timeout_for_any_amount_that_it_has_taken()
    {
        var congestion = new Congestion(_time, SlowTimeout);
        congestion.Taken(int.MaxValue);

        congestion.Begin();
        congestion.Taken(int.MaxValue);

        Assert.AreEqual(SlowTimeout, congestion.Left);
    }

    [TestMethod]
    public void What_a_peer_takes_while_it_is_not_congested_fills_its_store_and_time_alone_does_not()
    {
        var congestion = new Congestion(_time, SlowTimeout);
        congestion.Begin();
        _time.Advance(TimeSpan.FromSeconds(2.5));
        congestion.End();
        _time.Advance(TimeSpan.FromDays(1));
        congestion.Taken(Congestion.BytesPerSecond);

        congestion.Begin();

        Assert.AreEqual(TimeSpan.FromSeconds(1.5), congestion.Left);
    }

    [TestMethod]
    public void Where_the_server_was_the_reason_the_peer_has_it_again()
    {
        var congestion = new Congestion(_time, SlowTimeout);
        congestion.Begin();
        int episode = congestion.Episode;
        _time.Advance(SlowTimeout * 2);

        congestion.Extend();

        Assert.AreEqual(SlowTimeout, congestion.Left);
        Assert.AreEqual(episode, congestion.Episode);
    }
}
