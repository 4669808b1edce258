namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// For how long one peer may hold up those who send to it. Each time that it is congested it has the patience of the policy. What it
/// takes of that above a third comes out of a store, which fills again ten times more slowly than it was used: so a peer that reads
/// steadily stays for ever, and one that stops and goes on purpose costs the others little more than the patience, once.
/// </summary>
/// <remarks>No lock of its own: see <see cref="SendQueue"/>. It is looked at when congestion begins and ends, not for each frame.</remarks>
internal sealed class Congestion(TimeProvider time, TimeSpan slowTimeout)
{
    private const int FreeShare = 3;
    private const int Refill = 10;

    private readonly TimeSpan _free = slowTimeout / FreeShare;
    private TimeSpan _store = slowTimeout - (slowTimeout / FreeShare);
    private long _start;
    private long _end; // the store is full at the start, so it does not matter what that is
    private TimeSpan _limit;

    /// <summary>True while the peer is congested.</summary>
    public bool IsOn { get; private set; }

    /// <summary>A number for each time that it was.</summary>
    public int Episode { get; private set; }

    /// <summary>What is left of its time; zero or less where that is over.</summary>
    public TimeSpan Left => _limit - time.GetElapsedTime(_start);

    /// <summary>More is queued than should be.</summary>
    public void Begin()
    {
        _start = time.GetTimestamp();
        TimeSpan most = slowTimeout - _free;
        TimeSpan refilled = _store + (time.GetElapsedTime(_end, _start) / Refill);
        _store = refilled < most ? refilled : most;
        _limit = _free + _store;
        IsOn = true;
        Episode++;
    }

    /// <summary>There is room again, or nobody is there to wait for.</summary>
    public void End()
    {
        if (!IsOn)
        {
            return;
        }

        IsOn = false;
        _end = time.GetTimestamp();
        TimeSpan used = time.GetElapsedTime(_start, _end) - _free;
        _store -= used > TimeSpan.Zero ? used : TimeSpan.Zero;
        _store = _store > TimeSpan.Zero ? _store : TimeSpan.Zero;
    }

    /// <summary>
    /// Waits for the end. The caller holds <paramref name="gate"/>, which guards this object; it is given back meanwhile, and
    /// whoever calls <see cref="End"/> pulses it.
    /// </summary>
    /// <param name="gate">A monitor the caller holds, once.</param>
    /// <param name="isPeerFull">False where the server has not offered the peer more than it took: then it is not the peer that is slow.</param>
    /// <returns>False where the time is over and the peer is the reason.</returns>
    public bool AwaitEnd(object gate, Func<bool> isPeerFull)
    {
        // Congested anew counts as having had room in between.
        for (int episode = Episode; IsOn && Episode == episode;)
        {
            TimeSpan left = Left;
            if (left > TimeSpan.Zero)
            {
                Monitor.Wait(gate, MonitorWait.Milliseconds(left));
            }
            else if (isPeerFull())
            {
                return false;
            }
            else
            {
                Extend();
            }
        }

        return true;
    }

    /// <summary>The server itself is why its time was over: it gets the same again.</summary>
    internal void Extend()
    {
        _start = time.GetTimestamp();
        _limit = slowTimeout;
    }
}
