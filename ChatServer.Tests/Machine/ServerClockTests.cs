using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Machine;

[TestClass]
public sealed class ServerClockTests
{
    private readonly FakeTimeProvider _time = new();

    [TestMethod]
    public void While_it_ticks_it_goes_as_the_system_does()
    {
        using var clock = new ServerClock(_time);
        long start = clock.GetTimestamp();
        for (int i = 0; i < 100; i++)
        {
            _time.Advance(ServerClock.Interval);
            Assert.AreEqual(ServerClock.Interval * (i + 1), clock.GetElapsedTime(start));
            clock.Advance();
        }

        _time.Advance(TimeSpan.FromMilliseconds(7));
        Assert.AreEqual((ServerClock.Interval * 100) + TimeSpan.FromMilliseconds(7), clock.GetElapsedTime(start), "between two ticks");
    }

    [TestMethod]
    [DataRow(1.5)]
    [DataRow(11)]
    [DataRow(86_400)]
    public void A_pause_of_the_process_counts_for_a_moment_however_long_it_was(double seconds)
    {
        using var clock = new ServerClock(_time);
        long start = clock.GetTimestamp();

        _time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.AreEqual(ServerClock.Longest, clock.GetElapsedTime(start), "before the next tick");
        clock.Advance();
        Assert.AreEqual(ServerClock.Longest, clock.GetElapsedTime(start), "after it");

        _time.Advance(ServerClock.Interval);
        Assert.AreEqual(ServerClock.Longest + ServerClock.Interval, clock.GetElapsedTime(start), "it goes on");
    }

    [TestMethod]
    public void A_deadline_does_not_pass_in_a_pause()
    {
        using var clock = new ServerClock(_time);
        var deadline = new Deadline(clock);
        deadline.Set(TimeSpan.FromSeconds(1), CloseReason.NameTimeout);
        for (int i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(11));
            clock.Advance();
        }

        Assert.AreEqual(CloseReason.None, deadline.Check());
        _time.Advance(TimeSpan.FromSeconds(0.25));
        Assert.AreEqual(CloseReason.NameTimeout, deadline.Check());
    }

    [TestMethod]
    public void Its_thread_makes_it_go()
    {
        using var clock = new ServerClock(TimeProvider.System);
        long start = clock.GetTimestamp();

        clock.Start();

        Eventually.True(() => clock.GetElapsedTime(start) > ServerClock.Longest * 2, "the clock should go on and on");
    }
}
