using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Channels;

/// <summary>
/// Many members that take nothing hold up the senders of a channel for one bounded time. Real send queues and a virtual clock: in each
/// tick the channel sends a few frames, unless a member is congested.
/// </summary>
[TestClass]
public sealed class ChannelStallTests : IDisposable
{
    private const int Soft = 400;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan SlowTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StallTime = new SendLimits(1, 1, SlowTimeout).StallTime;

    private readonly FakeTimeProvider _time = new();
    private readonly List<SendRig> _rigs = [];
    private readonly List<(Participant Participant, SendRig Rig)> _stopped = [];
    private readonly SendRig _reader = new(Soft);
    private readonly Channel _channel;

    /// <summary>The times for which senders had to wait, at a stretch.</summary>
    private readonly List<TimeSpan> _waits = [TimeSpan.Zero];

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

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, one) => sum + one);

    private static void AssertNear(TimeSpan expected, TimeSpan actual) =>
        Assert.AreEqual(expected.TotalMilliseconds, actual.TotalMilliseconds, 3 * Tick.TotalMilliseconds);

    private SendRig AddRig(int soft = Soft, int headroom = 0)
    {
        var rig = new SendRig(soft, hardFrames: 10_000, SlowTimeout, _reader.Writer, _time, headroom: headroom);
        _rigs.Add(rig);
        return rig;
    }

    private void EnterStopped()
    {
        SendRig rig = AddRig();
        rig.Target.Takes = _ => 0;
        var participant = new Participant("Stopped", rig.Queue);
        _stopped.Add((participant, rig));
        _channel.Enter(participant);
    }

    /// <summary>Returns how many have come back.</summary>
    private int Run(TimeSpan duration, int framesPerTick, bool comeBack = false)
    {
        int returned = 0;
        for (TimeSpan now = TimeSpan.Zero; now < duration; now += Tick)
        {
            if (_channel.CheckCongested())
            {
                _waits[^1] += Tick;
            }
            else
            {
                _channel.BroadcastNow(sender: null, new byte[framesPerTick * Frame.Size]);
                if (_waits[^1] > TimeSpan.Zero)
                {
                    _waits.Add(TimeSpan.Zero);
                }
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
        }

        return returned;
    }
}
