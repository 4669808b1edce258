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
    public void While_it_ticks_the_clock_agrees_with_the_system()
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
    public void A_pause_of_the_process_of_any_length_counts_as_one_tick(double seconds)
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
        const int Pauses = 3;
        deadline.Set((ServerClock.Longest * Pauses) + (ServerClock.Interval / 2), CloseReason.NameTimeout);
        for (int i = 0; i < Pauses; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(11));
            clock.Advance();
        }

        Assert.AreEqual(CloseReason.None, deadline.Check());
        _time.Advance(ServerClock.Interval);
        Assert.AreEqual(CloseReason.NameTimeout, deadline.Check());
    }

    [TestMethod]
    public void A_thread_that_is_delayed_while_it_reads_the_clock_sees_the_same_time_as_the_others()
    {
        var slow = new TickingWhileLooked(_time);
        using var clock = new ServerClock(slow);
        slow.Clock = clock;

        long seen = clock.GetTimestamp();

        Assert.AreEqual(clock.GetTimestamp(), seen);
    }

    [TestMethod]
    [TestCategory(SlowTest.Category)]
    public void The_thread_of_the_clock_advances_it()
    {
        using var clock = new ServerClock(TimeProvider.System);
        long start = clock.GetTimestamp();

        clock.Start();

        Eventually.True(() => clock.GetElapsedTime(start) > ServerClock.Longest * 2, "the clock should go on and on");
    }

    /// <summary>Lets the clock tick for ten seconds while it is read for the first time: as if the thread that reads it had been suspended.</summary>
    private sealed class TickingWhileLooked(FakeTimeProvider time) : TimeProvider
    {
        public ServerClock? Clock { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override long GetTimestamp()
        {
            ServerClock? clock = Clock;
            Clock = null;
            for (int i = 0; i < 40 && clock is not null; i++)
            {
                time.Advance(ServerClock.Interval);
                clock.Advance();
            }

            return time.GetTimestamp();
        }
    }
}
