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
    public void A_peer_that_reads_steadily_has_it_again_and_again()
    {
        var congestion = new Congestion(_time, SlowTimeout);
        for (int i = 0; i < 1_000; i++)
        {
            congestion.Begin();
            Assert.AreEqual(SlowTimeout, congestion.Left);
            _time.Advance(TimeSpan.FromSeconds(0.99));
            congestion.End();
        }
    }

    [TestMethod]
    public void A_peer_that_stops_and_goes_on_purpose_has_it_once()
    {
        var congestion = new Congestion(_time, SlowTimeout);
        int times = 0;
        for (bool isInTime = true; isInTime; times++)
        {
            congestion.Begin();
            _time.Advance(TimeSpan.FromSeconds(2));
            isInTime = congestion.Left > TimeSpan.Zero;
            congestion.End();
        }

        Assert.AreEqual(2, times, "A second each time is free. Two seconds more are there once, and the second time ends exactly with them.");
    }

    [TestMethod]
    public void What_was_used_comes_back_slowly()
    {
        var congestion = new Congestion(_time, SlowTimeout);
        congestion.Begin();
        _time.Advance(SlowTimeout);
        congestion.End();
        _time.Advance(TimeSpan.FromSeconds(10));
        congestion.Begin();
        Assert.AreEqual(TimeSpan.FromSeconds(2), congestion.Left, "The free second, and one in ten.");
        congestion.End();

        _time.Advance(TimeSpan.FromDays(1));
        congestion.Begin();

        Assert.AreEqual(SlowTimeout, congestion.Left);
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
