using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class CongestionTests
{
    private static readonly TimeSpan SlowTimeout = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Step = TimeSpan.FromSeconds((double)Congestion.SlowStep / Congestion.BytesPerSecond);

    private readonly FakeTimeProvider _time = new();

    [TestMethod]
    public void At_the_first_congestion_a_peer_has_the_whole_slow_timeout()
    {
        var congestion = new Congestion(_time, Limits(headroom: 0));

        congestion.Begin();

        Assert.AreEqual(SlowTimeout, congestion.Left);
        _time.Advance(SlowTimeout);
        Assert.AreEqual(TimeSpan.Zero, congestion.Left);
    }

    [TestMethod]
    [DataRow(64 * 1024, 1.0)]
    [DataRow(6_400, 0.09)]
    [DataRow(128 * 1024, 1.9)]
    public void A_peer_that_reads_steadily_is_never_late_also_if_it_takes_much_at_once(int bytes, double seconds)
    {
        var congestion = new Congestion(_time, Limits(headroom: 0));
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
    public void A_peer_that_takes_a_little_while_it_is_congested_gains_time()
    {
        var congestion = new Congestion(_time, Limits(headroom: 0));
        congestion.Begin();
        _time.Advance(TimeSpan.FromSeconds(2.5));
        congestion.Taken(Congestion.BytesPerSecond / 2);

        Assert.AreEqual(TimeSpan.FromSeconds(1), congestion.Left);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual(TimeSpan.Zero, congestion.Left);
    }

    [TestMethod]
    public void A_peer_that_stops_and_continues_on_purpose_must_read_for_each_second()
    {
        var congestion = new Congestion(_time, Limits(headroom: 0));
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
    public void A_peer_never_has_more_than_the_slow_timeout()
    {
        var congestion = new Congestion(_time, Limits(headroom: 0));
        congestion.Taken(int.MaxValue);

        congestion.Begin();
        congestion.Taken(int.MaxValue);

        Assert.AreEqual(SlowTimeout, congestion.Left);
    }

    [TestMethod]
    public void Bytes_that_a_peer_takes_while_it_is_not_congested_restore_its_time_and_waiting_does_not()
    {
        var congestion = new Congestion(_time, Limits(headroom: 0));
        congestion.Begin();
        _time.Advance(TimeSpan.FromSeconds(2.5));
        congestion.End();
        _time.Advance(TimeSpan.FromDays(1));
        congestion.Taken(Congestion.BytesPerSecond);

        congestion.Begin();

        Assert.AreEqual(TimeSpan.FromSeconds(1.5), congestion.Left);
    }

    [TestMethod]
    public void Senders_continue_at_the_slow_rate_while_there_is_headroom_and_then_wait_for_the_whole_timeout()
    {
        var congestion = new Congestion(_time, Limits(headroom: 2 * Congestion.SlowStep));
        congestion.Begin();

        AssertNear(Step, congestion.UntilHeadroom(0));
        AssertNear(Step, congestion.UntilHeadroom(-1), "Below the soft limit as well: one step must be there.");
        _time.Advance(Step);
        AssertNear(TimeSpan.Zero, congestion.UntilHeadroom(0));
        AssertNear(Step, congestion.UntilHeadroom(Congestion.SlowStep));
        _time.Advance(Step);
        AssertNear(TimeSpan.Zero, congestion.UntilHeadroom(Congestion.SlowStep));
        Assert.AreEqual(TimeSpan.MaxValue, congestion.UntilHeadroom(2 * Congestion.SlowStep), "It is full.");
        AssertNear(SlowTimeout, congestion.Left);
    }

    [TestMethod]
    public void Bytes_that_the_peer_takes_are_headroom_again()
    {
        var congestion = new Congestion(_time, Limits(headroom: 2 * Congestion.SlowStep));
        congestion.Begin();
        _time.Advance(TimeSpan.FromSeconds(1));

        congestion.Taken(Congestion.BytesPerSecond);

        AssertNear(Step, congestion.UntilHeadroom(0));
    }

    [TestMethod]
    public void The_headroom_grows_with_what_a_peer_has_taken_and_not_above_the_limit()
    {
        var congestion = new Congestion(_time, Limits(headroom: 2 * Congestion.LeastHeadroom));
        Assert.AreEqual(Congestion.LeastHeadroom, congestion.Headroom);

        congestion.Taken(Congestion.HeadroomShare * 1_000);
        Assert.AreEqual(Congestion.LeastHeadroom + 1_000, congestion.Headroom);

        congestion.Taken(int.MaxValue);
        Assert.AreEqual(2 * Congestion.LeastHeadroom, congestion.Headroom);
    }

    /// <summary>
    /// What kernels of Linux do, measured: with the default buffer of 128 KiB they take 108,544 or 125,952 bytes at a time; after the buffer has grown
    /// to 6 MB, some 500,000.
    /// </summary>
    [TestMethod]
    [DataRow(100_000, 108_544, 262_144)]
    [DataRow(100_000, 125_952, 262_144)]
    [DataRow(65_536, 125_952, 262_144)]
    [DataRow(500_000, 125_952, 262_144)]
    [DataRow(100_000, 500_000, 8_000_000)]
    public void A_peer_that_reads_steadily_stays_although_its_kernel_takes_nothing_for_longer_than_the_timeout(int rate, int step, int taken)
    {
        (bool isCutOff, TimeSpan wait, _) = Flood(taken, TimeSpan.FromSeconds((double)step / rate), step);

        Assert.IsFalse(isCutOff);
        Assert.IsLessThanOrEqualTo(TimeSpan.FromSeconds(1), wait, "the longest time for which the senders waited");
    }

    /// <summary>A kernel with a receive buffer of 4 KB takes 4,096 bytes at a time (measured).</summary>
    [TestMethod]
    [DataRow(2_048, 1, false)]
    [DataRow(4_096, 62, false)]
    [DataRow(2_048, 1, true)]
    [DataRow(4_096, 62, true)]
    public void A_peer_whose_kernel_takes_tiny_steps_stays_if_they_are_64_KiB_a_second(int step, int milliseconds, bool othersStall)
    {
        (bool isCutOff, _, _) = Flood(262_144, TimeSpan.FromMilliseconds(milliseconds), step, othersStall);

        Assert.IsFalse(isCutOff);
    }

    /// <summary>For example if its program receives once in 80 ms: 51 KB a second.</summary>
    [TestMethod]
    [DataRow(false, 15)]
    [DataRow(true, 8)]
    public void A_peer_whose_kernel_takes_less_in_tiny_steps_is_disconnected_after_a_long_congestion(bool othersStall, int least)
    {
        (bool isCutOff, _, TimeSpan after) = Flood(262_144, TimeSpan.FromMilliseconds(80), 4_096, othersStall);

        Assert.IsTrue(isCutOff);
        Assert.IsGreaterThan(TimeSpan.FromSeconds(least), after);
    }

    [TestMethod]
    [DataRow(262_144, 2.6)]
    [DataRow(8_000_000, 7.1)]
    public void Senders_wait_for_a_stopped_peer_no_longer_than_its_remaining_time(int taken, double most)
    {
        (bool isCutOff, TimeSpan wait, TimeSpan after) = Flood(taken, Timeout.InfiniteTimeSpan, 0);

        Assert.IsTrue(isCutOff);
        Assert.IsLessThanOrEqualTo(TimeSpan.FromSeconds(1.03), wait);
        Assert.IsLessThan(TimeSpan.FromSeconds(most), after);
    }

    /// <summary>The same kernels, while other members of the channel stop and come back all the time.</summary>
    [TestMethod]
    [DataRow(100_000, 108_544, 262_144)]
    [DataRow(100_000, 125_952, 262_144)]
    [DataRow(65_536, 125_952, 262_144)]
    [DataRow(500_000, 125_952, 262_144)]
    [DataRow(100_000, 500_000, 8_000_000)]
    public void A_peer_that_has_shown_that_it_reads_stays_also_while_others_stall(int rate, int step, int taken)
    {
        (bool isCutOff, TimeSpan wait, _) = Flood(taken, TimeSpan.FromSeconds((double)step / rate), step, othersStall: true);

        Assert.IsFalse(isCutOff);
        Assert.IsLessThanOrEqualTo(TimeSpan.FromSeconds(1), wait, "the longest time for which the senders waited");
    }

    /// <summary>The same, from the beginning on: what a peer has read before gives it no time to stand still.</summary>
    [TestMethod]
    [DataRow(262_144, 0.5, DisplayName = "it has never read")]
    [DataRow(8_000_000, 2.0, DisplayName = "it has read well")]
    public void While_others_stall_senders_go_on_evenly_for_a_stopped_peer_until_it_is_late(int taken, double seconds)
    {
        (bool isCutOff, TimeSpan wait, TimeSpan after) = Flood(taken, Timeout.InfiniteTimeSpan, 0, othersStall: true);

        Assert.IsTrue(isCutOff);
        Assert.IsLessThanOrEqualTo(TimeSpan.FromMilliseconds(20), wait, "for a few batches, just before it is late");
        AssertNear(TimeSpan.FromSeconds(seconds), after, 3 * TimeSpan.TicksPerMillisecond);
    }

    [TestMethod]
    public void After_a_stall_in_the_channel_a_peer_that_has_not_shown_that_it_reads_is_late_once_it_has_stalled()
    {
        SendLimits limits = Limits(headroom: 64 * 1024);
        StallRecord stalls = new();
        var congestion = new Congestion(_time, limits);
        congestion.Begin();
        Assert.AreEqual(congestion.Left, congestion.LeftAfter(stalls, Lag(limits.StallTime)), "No member has stalled before.");

        stalls.Note(_time.GetTimestamp());

        Assert.AreEqual(TimeSpan.Zero, congestion.LeftAfter(stalls, Lag(limits.StallTime)), "It stalled before it was congested.");
        Assert.AreEqual(limits.StallTime / 2, congestion.LeftAfter(stalls, Lag(limits.StallTime / 2)));
        _time.Advance(Congestion.StallMemory);
        Assert.AreEqual(congestion.Left, congestion.LeftAfter(stalls, Lag(limits.StallTime)), "That was long ago.");
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1.0)]
    public void After_a_stall_in_the_channel_a_peer_that_reads_may_be_behind_by_twice_the_slow_timeout(double usual)
    {
        SendLimits limits = Limits(headroom: 384 * 1024);
        TimeSpan most = 2 * limits.SlowTimeout;
        StallRecord stalls = new();
        Congestion congestion = OfOneThatReads(limits);
        stalls.Note(_time.GetTimestamp());
        congestion.Begin();

        PeerLag Behind(TimeSpan time) => new(time, time, TimeSpan.FromSeconds(usual));

        Assert.AreEqual(TimeSpan.Zero, congestion.LeftAfter(stalls, Behind(most)), "Whatever it has taken before.");
        Assert.AreEqual(limits.SlowTimeout, congestion.LeftAfter(stalls, Behind(limits.SlowTimeout)), "A pause that is shorter than the timeout is none.");
        Assert.IsGreaterThan(limits.SlowTimeout, congestion.LeftAfter(stalls, Behind(TimeSpan.Zero)), "A pause that has ended does not count.");
    }

    [TestMethod]
    public void After_a_stall_in_the_channel_a_peer_may_be_behind_by_what_is_usual_for_it_and_the_slow_timeout()
    {
        SendLimits limits = Limits(headroom: 384 * 1024);
        StallRecord stalls = new();
        Congestion congestion = OfOneThatReads(limits);
        stalls.Note(_time.GetTimestamp());
        congestion.Begin();
        var usual = TimeSpan.FromSeconds(4);
        var step = TimeSpan.FromTicks(1);

        PeerLag Behind(TimeSpan time) => new(time, time, usual);

        Assert.AreEqual(step, congestion.LeftAfter(stalls, Behind(usual + limits.SlowTimeout - step)));
        Assert.AreEqual(TimeSpan.Zero, congestion.LeftAfter(stalls, Behind(usual + limits.SlowTimeout)));
    }

    [TestMethod]
    public void What_is_usual_counts_up_to_the_time_of_the_whole_headroom()
    {
        StallRecord stalls = new();
        SendLimits limits = Limits(headroom: 384 * 1024);
        Congestion congestion = OfOneThatReads(limits);
        stalls.Note(_time.GetTimestamp());
        congestion.Begin();

        Assert.AreEqual(TimeSpan.Zero, congestion.LeftAfter(stalls, IsBehind(9, usual: 20)));
        Assert.IsLessThanOrEqualTo(
            TimeSpan.Zero, congestion.UntilHeadroom(limits.HeadroomBytes - Congestion.SlowStep, stalls, IsBehind(6, usual: 20)));
    }

    [TestMethod]
    public void A_peer_that_takes_all_that_it_is_offered_is_not_late_after_a_stall()
    {
        StallRecord stalls = new();
        var congestion = new Congestion(_time, Limits(headroom: 0));
        stalls.Note(_time.GetTimestamp());
        congestion.Begin();

        Assert.IsGreaterThan(TimeSpan.Zero, congestion.LeftAfter(stalls, default));
    }

    [TestMethod]
    public void After_a_stall_senders_use_up_the_whole_headroom_until_the_peer_is_late()
    {
        const int Headroom = 384 * 1024;
        StallRecord stalls = new();
        Congestion congestion = OfOneThatReads(Limits(Headroom));
        congestion.Begin();
        bool MayFill(int bytes, double behind) => congestion.UntilHeadroom(bytes - Congestion.SlowStep, stalls, IsBehind(behind)) <= TimeSpan.Zero;

        Assert.IsFalse(MayFill(Headroom / 2, 5.9), "No member has stalled before.");
        stalls.Note(_time.GetTimestamp());

        // A peer that reads has six seconds.
        Assert.IsTrue(MayFill(Headroom / 2, 3.01));
        Assert.IsFalse(MayFill(Headroom / 2, 2.99));
        Assert.IsTrue(MayFill(Headroom, 6));
        Assert.IsFalse(MayFill(Headroom + 1, 6), "It is full.");
    }

    [TestMethod]
    public void After_a_stall_senders_go_on_at_the_slow_rate_while_a_peer_is_behind_as_usual()
    {
        const int Headroom = 384 * 1024;
        StallRecord stalls = new();
        Congestion congestion = OfOneThatReads(Limits(Headroom));
        stalls.Note(_time.GetTimestamp());
        congestion.Begin();
        bool MayFill(int bytes, double behind) =>
            congestion.UntilHeadroom(bytes - Congestion.SlowStep, stalls, IsBehind(behind, usual: 2)) <= TimeSpan.Zero;

        Assert.IsTrue(MayFill(Congestion.BytesPerSecond, 1));
        Assert.IsFalse(MayFill(Congestion.BytesPerSecond, 0.99));
        Assert.IsTrue(MayFill(4 * Congestion.BytesPerSecond, 4.01), "Then evenly, until it is late: after six seconds.");
        Assert.IsFalse(MayFill(4 * Congestion.BytesPerSecond, 3.99));
    }

    /// <summary>Otherwise they would wait until a peer that reads slowly has taken all that they sent while it was behind.</summary>
    [TestMethod]
    public void After_a_stall_senders_go_on_at_the_slow_rate_also_if_a_peer_that_was_behind_has_made_up_for_it()
    {
        const int Headroom = 384 * 1024;
        StallRecord stalls = new();
        Congestion congestion = OfOneThatReads(Limits(Headroom));
        stalls.Note(_time.GetTimestamp());
        congestion.Begin();

        AssertNear(Step, congestion.UntilHeadroom(Headroom / 2, stalls, IsBehind(0)));
        _time.Advance(Step);
        AssertNear(TimeSpan.Zero, congestion.UntilHeadroom(Headroom / 2, stalls, IsBehind(0)));
        congestion.End();
        congestion.Begin();
        AssertNear(Step, congestion.UntilHeadroom(Headroom / 2, stalls, IsBehind(0)));
    }

    [TestMethod]
    public void A_peer_shows_that_it_reads_by_some_frames_after_its_kernel_was_full_or_by_more_than_kernels_hold()
    {
        var full = new Congestion(_time, Limits(headroom: 0));
        full.Taken(300_000);
        full.BeginReading();
        full.Taken(Congestion.ReadBytesWhenFull - 1);
        Assert.IsFalse(full.HasRead);
        full.BeginReading();
        full.Taken(1);
        Assert.IsTrue(full.HasRead, "What it takes later does not count against it.");
        full.Taken(Congestion.ReadBytesWhenMemoryIsShort - Congestion.ReadBytesWhenFull - 1);
        Assert.IsFalse(full.HasReadMuch);
        full.Taken(1);
        Assert.IsTrue(full.HasReadMuch);

        var fast = new Congestion(_time, Limits(headroom: 0));
        fast.Taken(Congestion.ReadBytes - 1);
        Assert.IsFalse(fast.HasRead || fast.HasReadMuch);
        fast.Taken(1);
        Assert.IsTrue(fast.HasRead && fast.HasReadMuch);
    }

    [TestMethod]
    public void Time_that_the_server_lost_is_given_back_to_the_peer()
    {
        var congestion = new Congestion(_time, Limits(headroom: 0));
        congestion.Begin();
        int episode = congestion.Episode;
        _time.Advance(SlowTimeout * 2);

        congestion.Extend();

        Assert.AreEqual(SlowTimeout, congestion.Left);
        Assert.AreEqual(episode, congestion.Episode);
    }

    /// <summary>In ticks of the clock, which are no exact number of bytes.</summary>
    private static void AssertNear(TimeSpan expected, TimeSpan actual, string message = "") => AssertNear(expected, actual, 2, message);

    private static void AssertNear(TimeSpan expected, TimeSpan actual, long ticks, string message = "") =>
        Assert.AreEqual(expected.Ticks, actual.Ticks, ticks, message);

    private static PeerLag Lag(TimeSpan behind) => new(behind, behind, TimeSpan.Zero);

    private static PeerLag IsBehind(double seconds, double usual = 0) =>
        new(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(usual));

    private static SendLimits Limits(int headroom) => new(256 * 1024, 1024 * 1024, SlowTimeout) { HeadroomBytes = headroom };

    /// <summary>Of a peer that has just shown that it reads.</summary>
    private Congestion OfOneThatReads(SendLimits limits)
    {
        var congestion = new Congestion(_time, limits);
        congestion.BeginReading();
        congestion.Taken(Congestion.ReadBytesWhenFull);
        return congestion;
    }

    /// <summary>
    /// A peer with the default limits, and senders that append whenever they may, for some minutes. Returns whether it is disconnected, after
    /// how long, and the longest time for which senders waited at a stretch.
    /// </summary>
    /// <param name="taken">Bytes that the peer has taken before.</param>
    /// <param name="interval">The time between two takes of the peer; infinite for a peer that has stopped.</param>
    /// <param name="step">Bytes that it takes each time.</param>
    /// <param name="othersStall">True if the channel loses members that have stalled, all the time, from the first take of a peer that has not stopped on.</param>
    private (bool IsCutOff, TimeSpan LongestWait, TimeSpan After) Flood(int taken, TimeSpan interval, int step, bool othersStall = false)
    {
        SendLimits limits = new ServerOptions().SendLimits;
        TimeSpan tick = TimeSpan.FromMilliseconds(1);
        var congestion = new Congestion(_time, limits);
        var intake = new PeerIntake(_time, limits.StallTime);
        StallRecord stalls = new();
        congestion.Taken(taken);
        intake.Note(0, 1);
        int queued = limits.SoftBytes;
        TimeSpan wait = TimeSpan.Zero, longest = TimeSpan.Zero, sinceStep = TimeSpan.Zero;
        bool hasTaken = interval == Timeout.InfiniteTimeSpan;
        for (TimeSpan now = TimeSpan.Zero; now < TimeSpan.FromMinutes(2); now += tick)
        {
            wait += tick;
            if (!congestion.IsOn || congestion.UntilHeadroom(queued - limits.SoftBytes, stalls, intake.State) <= TimeSpan.Zero)
            {
                queued = Math.Max(queued, limits.SoftBytes) + Congestion.SlowStep;
                congestion.End();
                congestion.Begin();
                wait = TimeSpan.Zero;
            }

            longest = wait > longest ? wait : longest;
            if (congestion.LeftAfter(stalls, intake.State) <= TimeSpan.Zero)
            {
                return (true, longest, now);
            }

            _time.Advance(tick);
            sinceStep += tick;
            intake.Note(0, 1);
            if (othersStall && hasTaken)
            {
                stalls.Note(_time.GetTimestamp());
            }

            if (interval != Timeout.InfiniteTimeSpan && sinceStep >= interval)
            {
                sinceStep = TimeSpan.Zero;
                hasTaken = true;
                if (intake.Note(step, step + 1))
                {
                    congestion.BeginReading();
                }

                queued -= step;
                congestion.Taken(step);
                if (queued <= limits.SoftBytes * 7 / 8)
                {
                    congestion.End();
                }
            }
        }

        return (false, longest, TimeSpan.MaxValue);
    }
}
