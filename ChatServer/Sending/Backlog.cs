using System.Diagnostics;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// How much is queued for one client, and the results: whether it is congested or over the hard limit, and what is
/// reported to the memory budget. No lock of its own: see <see cref="SendQueue"/>.
/// </summary>
/// <remarks>A struct, so that its counts lie in the queue: readers and the writer change them in turn, and memory of its own would cost
/// each append one more cache line that comes from the other processor.</remarks>
internal struct Backlog
{
    /// <summary>The part of the soft limit that must be free before waiting senders continue.</summary>
    private const int SpaceShare = 8;

    private readonly SendLimits _limits;
    private readonly PeerIntake _intake;
    private QueueMemory _memory;
    private int _bytes;

    /// <summary>Up to this many bytes there is nothing to do but to count. So the common case is one comparison.</summary>
    private int _mark;

    /// <summary>While congested: there is space again once no more bytes than these are queued.</summary>
    private int _spaceBytes;

    private volatile bool _isCongested;

    /// <summary>An empty backlog.</summary>
    public Backlog(SendLimits limits, MemoryBudget budget, PeerIntake intake, TimeProvider time)
    {
        _limits = limits;
        _intake = intake;
        _memory = new QueueMemory(budget);
        Congestion = new Congestion(time, limits);
        SetMark();
    }

    /// <summary>How many bytes are queued; read without the gate, so approximate.</summary>
    public int Bytes => Volatile.Read(ref _bytes);

    /// <summary>True while more is queued than should be. May be read without the gate.</summary>
    public bool IsCongested => _isCongested;

    /// <summary>
    /// True if the peer is late, and so much is queued that senders wait for it or fill its headroom: between two batches for the headroom it is not
    /// congested.
    /// </summary>
    public bool IsLate => (_isCongested || _bytes > _limits.SoftBytes) && _intake.IsLate;

    /// <summary>The time budget of the congestion.</summary>
    public Congestion Congestion { get; }

    /// <summary>How slow the peer is at this moment.</summary>
    public Slowness Slowness => new(_bytes, Congestion.Silence);

    /// <summary>Counts bytes that were appended. False if that is more than the hard limit.</summary>
    public bool Add(int bytes)
    {
        _bytes += bytes;
        return _bytes <= _mark || PassMark();
    }

    /// <summary>Counts bytes that were sent. True if this has ended the congestion.</summary>
    public bool Remove(int bytes)
    {
        Debug.Assert(bytes <= _bytes, "What is sent was queued.");
        _bytes -= bytes;
        Congestion.Taken(bytes);
        bool hasSpace = _isCongested && _bytes <= _spaceBytes;
        if (hasSpace)
        {
            EndCongestion();
        }

        if (_memory.Update(_bytes))
        {
            SetMark();
        }

        return hasSpace;
    }

    /// <summary>
    /// Waits until senders may continue: there is space again, or a part of the headroom. The caller holds <paramref name="gate"/>, which
    /// guards this object; it is released during the wait, and a thread that makes space pulses it.
    /// </summary>
    /// <param name="gate">A monitor the caller holds, once.</param>
    /// <param name="stalls">Of the channel whose senders wait; null if it is none.</param>
    /// <returns>False if the time is over and the peer is the reason.</returns>
    public bool WaitForSpace(object gate, StallRecord? stalls)
    {
        // A new episode means that there was space between the two.
        for (int episode = Congestion.Episode; _isCongested && Congestion.Episode == episode;)
        {
            PeerLag lag = _intake.State;
            TimeSpan left = Congestion.LeftAfter(stalls, lag);
            TimeSpan untilHeadroom = UntilHeadroom(stalls, lag);
            if (left > TimeSpan.Zero && untilHeadroom > TimeSpan.Zero)
            {
                Monitor.Wait(gate, MonitorWait.Milliseconds(left < untilHeadroom ? left : untilHeadroom));
            }
            else if (!Check(stalls))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// What senders that wait would find now: lets them continue if there is headroom. False if the time is over and the peer is
    /// the reason.
    /// </summary>
    public bool Check(StallRecord? stalls)
    {
        if (!_isCongested)
        {
            return true;
        }

        PeerLag lag = _intake.State;
        if (Congestion.LeftAfter(stalls, lag) <= TimeSpan.Zero)
        {
            if (lag.Behind is not null)
            {
                return false;
            }

            Congestion.Extend();
        }
        else if (UntilHeadroom(stalls, lag) <= TimeSpan.Zero)
        {
            EndCongestion(); // for one append: the next one goes above the soft limit again
        }

        return true;
    }

    /// <summary>Everything was discarded.</summary>
    public void Clear()
    {
        _bytes = 0;
        _memory.Update(0);
        EndCongestion();
    }

    /// <summary>The time until senders may append again; infinite if memory is short, since there is no headroom then.</summary>
    private TimeSpan UntilHeadroom(StallRecord? stalls, PeerLag lag) => _memory.Soft(_limits.SoftBytes) < _limits.SoftBytes
        ? TimeSpan.MaxValue
        : Congestion.UntilHeadroom(_bytes - _limits.SoftBytes, stalls, lag);

    private bool PassMark()
    {
        _memory.Update(_bytes);
        int soft = _memory.Soft(_limits.SoftBytes);
        if (_bytes > soft && !_isCongested)
        {
            // If the limit has shrunk below the queued bytes, no more of them must be sent than with the whole limit.
            int whole = _limits.SoftBytes;
            _spaceBytes = Math.Max(soft - (soft / SpaceShare), Math.Min(_bytes, whole) - (whole / SpaceShare));
            Congestion.Begin();
            _isCongested = true;
        }

        SetMark();
        return _bytes <= _limits.HardBytes;
    }

    private void EndCongestion()
    {
        Congestion.End();
        _isCongested = false;
        SetMark();
    }

    private void SetMark() => _mark = Math.Min(_memory.Covered, _isCongested ? _limits.HardBytes : _limits.SoftBytes);
}
