using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Channels;

/// <summary>
/// Many members that take nothing hold up the senders of a channel for one bounded time. Real send queues and a virtual clock: in each
/// tick the channel sends some frames, until a member is congested.
/// </summary>
[TestClass]
public sealed class ChannelStallTests : IDisposable
{
    private const int Soft = 400;
    private const int Hard = 10_000;

    /// <summary>The default limits.</summary>
    private const int DefaultSoft = 256 * 1024 / Frame.Size;
    private const int DefaultHeadroom = 384 * 1024;

    /// <summary>Frames that a sender sends at a time to a channel with a congested member.</summary>
    private const int Batch = 8;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan SlowTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StallTime = new SendLimits(1, 1, SlowTimeout).StallTime;

    private readonly FakeTimeProvider _time = new();
    private readonly List<SendRig> _rigs = [];
    private readonly List<(Participant Participant, SendRig Rig)> _stopped = []; // or will stop
    private readonly SendRig _reader = new(Soft);
    private readonly Channel _channel;

    /// <summary>The times for which senders had to wait, at a stretch.</summary>
    private readonly List<TimeSpan> _waits = [TimeSpan.Zero];

    private int _softOfStopped = Soft;

    /// <summary>Bytes that were sent to each member.</summary>
    private long _sent;

    public ChannelStallTests() => _channel = new Channel("tea", new Participant("Reader", _reader.Queue));

    public void Dispose()
    {
        _rigs.ForEach(rig => rig.Dispose());
        _reader.Dispose();
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(50)]
    public void Members_that_stop_at_different_moments_hold_up_the_others_for_one_timeout_in_all(int count)
    {
        for (int i = 0; i < count; i++)
        {
            EnterStopped(); // each later one tells those before it: so no two have the same number of frames
        }

        Run(TimeSpan.FromSeconds(5), framesPerTick: 4);

        Assert.IsTrue(_stopped.All(one => !one.Rig.Queue.IsOpen), "All are disconnected.");
        AssertNear(SlowTimeout, Sum(_waits));
        Assert.IsEmpty(_reader.Target.Aborts);
    }

    [TestMethod]
    public void Members_that_come_back_after_they_were_disconnected_hold_up_nobody_if_they_stall_before_they_are_congested()
    {
        for (int i = 0; i < 20; i++)
        {
            EnterStopped();
        }

        int returned = Run(TimeSpan.FromSeconds(30), framesPerTick: 4, comeBack: true);

        Assert.IsGreaterThan(20, returned);
        AssertNear(SlowTimeout, Sum(_waits));
    }

    [TestMethod]
    public void In_a_flood_members_that_come_back_hold_up_the_others_until_they_have_stalled()
    {
        for (int i = 0; i < 20; i++)
        {
            EnterStopped();
        }

        int returned = Run(TimeSpan.FromSeconds(30), framesPerTick: 40, comeBack: true);

        Assert.IsGreaterThan(20, returned);
        AssertNear(SlowTimeout, _waits.Max());
        Assert.IsLessThanOrEqualTo(1, _waits.Count(wait => wait > StallTime), "Only the first time costs the whole timeout.");
    }

    [TestMethod]
    public void A_member_that_stops_long_after_the_others_has_the_whole_time_again()
    {
        EnterStopped();
        Run(TimeSpan.FromSeconds(3), framesPerTick: 4);
        _time.Advance(Congestion.StallMemory);

        EnterStopped();
        Run(TimeSpan.FromSeconds(3), framesPerTick: 4);

        AssertNear(2 * SlowTimeout, Sum(_waits));
    }

    [TestMethod]
    public void A_member_that_reads_slowly_stays_although_others_stop_and_come_back_all_the_time()
    {
        const int Step = 2 * Congestion.BytesPerSecond; // every other second, as a kernel does that opens its window in steps
        SendRig slow = AddRig(soft: 2_000, headroom: 2 * Congestion.BytesPerSecond);
        int free = 5 * Step;
        slow.Target.Takes = offered =>
        {
            int taken = Math.Min(offered, free);
            free -= taken;
            return taken;
        };
        _channel.Enter(new Participant("Slow", slow.Queue));
        for (int i = 0; i < 5; i++)
        {
            EnterStopped();
        }

        int returned = 0;
        for (int i = 0; i < 15; i++)
        {
            returned += Run(TimeSpan.FromSeconds(2), framesPerTick: 10, comeBack: true);
            free = Step;
            _reader.RoundUntil(() => free == 0 || slow.Queue.QueuedBytes == 0, "the slow member should take what it has space for");
        }

        Assert.IsEmpty(slow.Target.Aborts);
        Assert.IsGreaterThan(0, returned);
    }

    /// <summary>What a member has read before gives it no time to stand still.</summary>
    [TestMethod]
    public void Members_that_read_well_and_then_stop_one_after_the_other_hold_up_the_others_once()
    {
        TimeSpan first = StopInTurn(framesPerTick: 12, out int returned); // 240 KB a second

        Assert.IsGreaterThan(30, returned);
        Assert.IsLessThan(4 * SlowTimeout, first, "The slow part and the timeout of the first one.");
        AssertNear(TimeSpan.Zero, Sum(_waits));
        Assert.IsEmpty(_reader.Target.Aborts);
    }

    [TestMethod]
    public void In_a_flood_members_that_read_well_and_then_stop_leave_the_others_what_fits_into_a_queue_in_the_time_of_one()
    {
        StopInTurn(framesPerTick: 60, out int returned); // 1.2 MB a second

        Assert.IsGreaterThan(10, returned);
        double most = (DefaultSoft * Frame.Size) + DefaultHeadroom;
        Assert.IsGreaterThan(0.9 * most / (2 * SlowTimeout).TotalSeconds, _sent / 30.0, "bytes a second");
        Assert.IsLessThan(SlowTimeout / 4, _waits.Max());
    }

    /// <summary>It reads 100 KB a second, which is less than the others send, and pauses for 0.7 s every 3 s. Others stop and come back all the time.</summary>
    [TestMethod]
    [DataRow(0.6)]
    [DataRow(1.0)]
    [DataRow(1.4)]
    [DataRow(1.8)]
    [DataRow(2.2)]
    [DataRow(2.6)]
    [DataRow(3.0)]
    public void A_new_member_that_reads_slowly_and_pauses_stays_although_others_stop_and_come_back_all_the_time(double pauseAfter)
    {
        const int Pace = 1_000; // bytes in a tick
        const int Kernel = 130_000;
        _softOfStopped = DefaultSoft;
        for (int i = 0; i < 5; i++)
        {
            EnterStopped();
        }

        int returned = Run(TimeSpan.FromSeconds(8), framesPerTick: 12, comeBack: true);
        Assert.IsGreaterThan(0, returned);
        SendRig slow = AddRig(DefaultSoft, DefaultHeadroom);
        int free = Kernel;
        slow.Target.Takes = offered =>
        {
            int taken = Math.Min(offered, free);
            free -= taken;
            return taken;
        };
        _channel.Enter(new Participant("Slow", slow.Queue));
        TimeSpan pause = TimeSpan.FromSeconds(pauseAfter), longest = TimeSpan.Zero;
        for (TimeSpan now = TimeSpan.Zero; now < TimeSpan.FromSeconds(20); now += Tick)
        {
            if (now >= pause + TimeSpan.FromSeconds(0.7))
            {
                pause += TimeSpan.FromSeconds(3.7);
            }

            free = Math.Min(Kernel, free + (now < pause ? Pace : 0));
            returned += Run(Tick, framesPerTick: 12, comeBack: true);
            longest = slow.Queue.Lag is TimeSpan lag && lag > longest ? lag : longest;
            Assert.IsEmpty(slow.Target.Aborts, $"after {now}, behind by {slow.Queue.Lag}");
        }

        Assert.IsGreaterThan(10, returned);
        Assert.IsGreaterThan(StallTime, longest, "It was behind by more than a stall.");
    }

    [TestMethod]
    [DataRow(false, DisplayName = "it closes its connection")]
    [DataRow(true, DisplayName = "its queue passes the hard limit")]
    public void A_member_that_stops_and_ends_before_its_time_is_over_counts_like_one_that_was_disconnected(bool hasPassedHardLimit)
    {
        EnterStopped();
        EnterStopped();
        Run(TimeSpan.FromSeconds(1), framesPerTick: 8);
        (Participant leaver, SendRig rig) = _stopped[0];
        Assert.IsTrue(rig.Queue.IsCongested);
        Assert.IsTrue(_stopped[1].Rig.Queue.IsOpen);

        if (hasPassedHardLimit)
        {
            rig.Append(Hard);
        }
        else
        {
            rig.Queue.Close();
        }

        Assert.IsFalse(_channel.CheckCongested(), "The others go on, and do not know why.");
        _channel.Leave(leaver);
        Run(2 * Tick, framesPerTick: 8);

        Assert.IsFalse(_stopped[1].Rig.Queue.IsOpen, "It has stalled as well, and is disconnected at once.");
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, one) => sum + one);

    private static void AssertNear(TimeSpan expected, TimeSpan actual) =>
        Assert.AreEqual(expected.TotalMilliseconds, actual.TotalMilliseconds, 3 * Tick.TotalMilliseconds);

    private SendRig AddRig(int soft = Soft, int headroom = 0)
    {
        var rig = new SendRig(soft, Hard, SlowTimeout, _reader.Writer, _time, headroom: headroom);
        _rigs.Add(rig);
        return rig;
    }

    private void EnterStopped()
    {
        SendRig rig = AddRig(_softOfStopped);
        rig.Target.Takes = _ => 0;
        var participant = new Participant("Stopped", rig.Queue);
        _stopped.Add((participant, rig));
        _channel.Enter(participant);
    }

    /// <summary>
    /// Members that read everything; every 0.3 s the one that has done so for longest stops, and comes back when it is disconnected. Returns for how
    /// long the others waited until the first was disconnected; 30 s follow, for which <see cref="_waits"/> and <see cref="_sent"/> count.
    /// </summary>
    private TimeSpan StopInTurn(int framesPerTick, out int returned)
    {
        const int Count = 30;
        TimeSpan gap = TimeSpan.FromSeconds(0.3);
        List<SendRig> reading = [.. Enumerable.Range(0, Count).Select(_ => EnterReading())];
        TimeSpan first = TimeSpan.Zero;
        returned = 0;
        Run(TimeSpan.FromSeconds(4), framesPerTick); // more than the kernels hold
        for (TimeSpan left = TimeSpan.FromSeconds(30); left > TimeSpan.Zero;)
        {
            reading[0].Target.Takes = _ => 0;
            reading.RemoveAt(0);
            for (TimeSpan now = TimeSpan.Zero; now < gap; now += Tick)
            {
                Run(Tick, framesPerTick);
                foreach ((Participant participant, _) in _stopped.Where(one => !one.Rig.Queue.IsOpen).ToArray())
                {
                    _stopped.RemoveAll(one => one.Participant == participant);
                    _channel.Leave(participant);
                    reading.Add(EnterReading());
                    if (returned++ == 0)
                    {
                        first = Sum(_waits);
                        _waits.Clear();
                        _waits.Add(TimeSpan.Zero);
                        _sent = 0;
                    }
                }
            }

            Assert.IsNotEmpty(reading);
            left -= returned > 0 ? gap : TimeSpan.Zero;
        }

        return first;
    }

    private SendRig EnterReading()
    {
        SendRig rig = AddRig(DefaultSoft, DefaultHeadroom);
        var participant = new Participant("Reading", rig.Queue);
        _stopped.Add((participant, rig));
        _channel.Enter(participant);
        return rig;
    }

    /// <summary>Returns how many have come back.</summary>
    private int Run(TimeSpan duration, int framesPerTick, bool comeBack = false)
    {
        int returned = 0;
        for (TimeSpan now = TimeSpan.Zero; now < duration; now += Tick)
        {
            int sent = 0;
            for (; sent < framesPerTick && !_channel.CheckCongested(); sent += Batch)
            {
                int frames = Math.Min(Batch, framesPerTick - sent);
                _channel.BroadcastNow(sender: null, new byte[frames * Frame.Size]);
                _sent += frames * Frame.Size;
            }

            if (sent == 0)
            {
                _waits[^1] += Tick;
            }
            else if (_waits[^1] > TimeSpan.Zero)
            {
                _waits.Add(TimeSpan.Zero);
            }

            foreach ((Participant participant, _) in _stopped.Where(one => comeBack && !one.Rig.Queue.IsOpen).ToArray())
            {
                _stopped.RemoveAll(one => one.Participant == participant);
                _channel.Leave(participant);
                EnterStopped();
                returned++;
            }

            _reader.Round();
            _time.Advance(Tick);
            _reader.Offer(); // they share its writer
        }

        return returned;
    }
}
