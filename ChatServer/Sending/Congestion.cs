using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// For how long one peer may delay its senders.
/// 1. The peer has a budget of time. The time that it is congested is taken from the budget.
/// 2. What its kernel takes fills the budget again: a second for <see cref="BytesPerSecond"/>.
/// 3. The first part of the budget is the slow part: the senders continue at that rate, and fill the headroom of the queue.
/// 4. The rest is the slow timeout: the senders wait.
/// </summary>
/// <remarks>
/// The kernel of a peer that reads slowly opens its window only when a part of its buffer is free, so such a peer takes nothing for a
/// while, and then much. Until the window opens nothing tells it from a peer that has stopped. The slow part is for that time.
/// After its channel has lost a member to its slowness there is less time (<see cref="LeftAfter"/>), counted by how far the peer is
/// behind, and the senders use up all of the headroom in it: members that stop, at once or one after the other, hold up the others only once.
/// No lock of its own: see <see cref="SendQueue"/>. While the peer is not congested no clock is looked at.
/// </remarks>
internal sealed class Congestion(TimeProvider time, SendLimits limits)
{
    /// <summary>Bytes that a peer must take for a second of time, and the rate of the slow part.</summary>
    internal const int BytesPerSecond = 64 * 1024;

    /// <summary>Bytes of headroom that must be free before senders continue: a short batch. So they do not continue for each few bytes that the peer takes.</summary>
    internal const int SlowStep = 8 * Frame.Size;

    /// <summary>The headroom of a peer that has not taken much yet: its kernel has a small buffer.</summary>
    internal const int LeastHeadroom = 64 * 1024;

    /// <summary>The headroom grows by this part of all bytes that the peer has taken. A buffer grows as a peer reads, and with it the part that must be free.</summary>
    internal const int HeadroomShare = 8;

    /// <summary>How long after a channel has lost a member to its slowness the other members have less time.</summary>
    internal static readonly TimeSpan StallMemory = TimeSpan.FromSeconds(10);

    /// <summary>A peer that has taken so many bytes reads: with their default buffers the two kernels hold fewer (measured: 262,144).</summary>
    internal const int ReadBytes = 384 * 1024;

    /// <summary>
    /// The same for bytes that it takes after its kernel was full for a while. A kernel may take a few more although nobody reads: it orders its buffer
    /// anew, or takes what it had dropped.
    /// </summary>
    internal const int ReadBytesWhenFull = 16 * 1024;

    /// <summary>
    /// The same while memory is short. More, because a peer that has shown that it reads may hold its queue for seconds then, and a network with a long
    /// way holds more on its way than a kernel.
    /// </summary>
    internal const int ReadBytesWhenMemoryIsShort = 64 * 1024;

    private TimeSpan _used; // of the budget
    private long _taken; // since the budget was last brought up to date
    private long _takenInAll;
    private long _readsFrom = ReadBytes; // once this many bytes are taken in all, the peer has shown that it reads
    private long _begunAt; // when it became congested
    private long _at; // when the budget was brought up to date, while congested
    private long _silentSince; // the last time that something was taken, while congested

    /// <summary>True while the peer is congested.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Counts how often it became congested.</summary>
    public int Episode { get; private set; }

    /// <summary>Bytes above the soft limit that senders may fill at the slow rate.</summary>
    public int Headroom => (int)Math.Min(limits.HeadroomBytes, LeastHeadroom + (_takenInAll / HeadroomShare));

    /// <summary>The remaining time; zero or less if it is used up.</summary>
    public TimeSpan Left => Budget - Used;

    /// <summary>True once the peer has shown that it reads: it has taken <see cref="ReadBytesWhenFull"/> from <see cref="BeginReading"/> on, or <see cref="ReadBytes"/> in all.</summary>
    public bool HasRead => _takenInAll >= _readsFrom;

    /// <summary>The same with <see cref="ReadBytesWhenMemoryIsShort"/>: for the memory budget.</summary>
    public bool HasReadMuch => _takenInAll >= Math.Min(ReadBytes, _readsFrom + ReadBytesWhenMemoryIsShort - ReadBytesWhenFull);

    /// <summary>Bytes that the peer has taken in all. For any thread.</summary>
    public long TakenInAll => Volatile.Read(ref _takenInAll);

    /// <summary>For how long the peer, which is congested, has taken nothing.</summary>
    public TimeSpan Silence => IsOn ? time.GetElapsedTime(_silentSince) : TimeSpan.Zero;

    private TimeSpan Budget => limits.SlowTimeout + Worth(Headroom);

    private TimeSpan Used => IsOn ? _used + time.GetElapsedTime(_at) : _used;

    /// <summary>More is queued than should be.</summary>
    public void Begin()
    {
        _at = time.GetTimestamp();
        _begunAt = _at;
        _silentSince = _taken > 0 || Episode == 0 ? _at : _silentSince;
        Earn();
        IsOn = true;
        Episode++;
    }

    /// <summary>The peer has taken <paramref name="bytes"/> bytes, congested or not.</summary>
    public void Taken(int bytes)
    {
        _taken += bytes;
        Volatile.Write(ref _takenInAll, _takenInAll + bytes);
        if (IsOn)
        {
            Spend();
            _silentSince = _taken > 0 ? _at : _silentSince;
            Earn();
        }
    }

    /// <summary>The peer is about to take something although its kernel has been full for a while: see <see cref="PeerIntake.Note"/>.</summary>
    public void BeginReading() => _readsFrom = Math.Min(_readsFrom, _takenInAll + ReadBytesWhenFull);

    /// <summary>Senders may continue, or the queue is closed.</summary>
    public void End()
    {
        if (IsOn)
        {
            Spend();
            IsOn = false;
        }
    }

    /// <summary>The time until senders may continue; zero or less if they may now.</summary>
    /// <param name="excess">Bytes queued above the soft limit; less than zero if there are fewer.</param>
    /// <param name="stalls">Of the channel; null where there is none.</param>
    /// <param name="lag">How far the peer is behind.</param>
    public TimeSpan UntilHeadroom(int excess, StallRecord? stalls = null, PeerLag lag = default)
    {
        int wanted = Math.Max(excess, 0) + SlowStep;
        TimeSpan until = wanted > Headroom ? TimeSpan.MaxValue : Worth(wanted) - Used;
        if (wanted <= limits.HeadroomBytes && HasStalls(stalls))
        {
            // So much is queued because the peer was behind, and it may have made up for that: then the slow rate goes on from there.
            TimeSpan untilStep = Worth(SlowStep) - time.GetElapsedTime(_begunAt);
            TimeSpan untilLag = LagFor(wanted, lag) - lag.BehindNow;
            return TimeSpan.FromTicks(Math.Min(until.Ticks, Math.Min(untilStep.Ticks, untilLag.Ticks)));
        }

        return until;
    }

    /// <summary>
    /// The remaining time in a channel. Usually it is <see cref="Left"/>. After the channel lost a member to its slowness, within
    /// <see cref="StallMemory"/>, it ends at once when the peer is behind by more than <see cref="MostBehind"/>, also if it fell behind before it was
    /// congested, and whatever it has taken before.
    /// </summary>
    /// <param name="stalls">Of the channel; null where there is none.</param>
    /// <param name="lag">How far the peer is behind.</param>
    public TimeSpan LeftAfter(StallRecord? stalls, PeerLag lag)
    {
        TimeSpan left = Left;
        if (!HasStalls(stalls))
        {
            return left;
        }

        TimeSpan untilLate = MostBehind(lag) - (lag.Behind ?? TimeSpan.Zero);
        return untilLate < left ? untilLate : left;
    }

    /// <summary>The server itself was slow: the peer gets the whole time again.</summary>
    internal void Extend()
    {
        _at = time.GetTimestamp();
        _used = TimeSpan.Zero;
    }

    /// <summary>The time that the peer gets for <paramref name="bytes"/> bytes.</summary>
    internal static TimeSpan Worth(long bytes) => TimeSpan.FromSeconds(bytes / (double)BytesPerSecond);

    private bool HasStalls(StallRecord? stalls) => stalls?.At is long at && time.GetElapsedTime(at) < StallMemory;

    /// <summary>
    /// After a stall in its channel: a peer that has never shown that it reads may be behind by a stall. Any other one has the slow timeout, and in
    /// addition what is usual for it, or the slow timeout again: so it may pause for nearly the slow timeout inside a step of its kernel.
    /// </summary>
    private TimeSpan MostBehind(PeerLag lag) =>
        !HasRead ? limits.StallTime
        : limits.SlowTimeout + (Usual(lag) > limits.SlowTimeout ? Usual(lag) : limits.SlowTimeout);

    /// <summary>What is usual for the peer counts up to the time of the whole headroom: after that the senders would wait for it.</summary>
    private TimeSpan Usual(PeerLag lag) => lag.Usual < Worth(limits.HeadroomBytes) ? lag.Usual : Worth(limits.HeadroomBytes);

    /// <summary>
    /// After a stall in its channel: by how much the peer must be behind before so many bytes of the headroom are filled. At the slow rate while the
    /// peer is behind as usual, and evenly after that, until it is late.
    /// </summary>
    private TimeSpan LagFor(int bytes, PeerLag lag)
    {
        TimeSpan usual = Usual(lag);
        double usualBytes = usual.TotalSeconds * BytesPerSecond;
        return bytes <= usualBytes
            ? Worth(bytes)
            : usual + ((MostBehind(lag) - usual) * ((bytes - usualBytes) / (limits.HeadroomBytes - usualBytes)));
    }

    private void Spend()
    {
        long now = time.GetTimestamp();
        TimeSpan left = Budget - _used;
        TimeSpan passed = time.GetElapsedTime(_at, now);
        _used += passed < left ? passed : left; // a wait that returns late must not cost the peer more than its time
        _at = now;
    }

    private void Earn()
    {
        TimeSpan earned = Worth(_taken);
        _taken = 0;
        _used -= earned < _used ? earned : _used;
    }
}
