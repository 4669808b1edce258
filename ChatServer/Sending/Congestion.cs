namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// For how long one peer may hold up those who send to it. It has a store of time, at most the slowTimeout of the policy. The time that
/// it is congested comes out of that; what its kernel takes fills it again, <see cref="BytesPerSecond"/> for each second. So a peer that
/// reads steadily stays for ever, also where its kernel takes much at a time and nothing for a while; one that has stopped has the
/// slowTimeout, once; and one that stops and goes on purpose pays for each second.
/// </summary>
/// <remarks>No lock of its own: see <see cref="SendQueue"/>. While the peer is not congested no clock is looked at.</remarks>
internal sealed class Congestion(TimeProvider time, TimeSpan slowTimeout)
{
    /// <summary>Bytes that a peer must take for a second of time: as much as the kernels of receivers commonly take at least in one step.</summary>
    internal const int BytesPerSecond = 64 * 1024;

    private TimeSpan _used; // of the store
    private long _taken; // since the store was last brought up to date
    private long _at; // when that was, while congested

    /// <summary>True while the peer is congested.</summary>
    public bool IsOn { get; private set; }

    /// <summary>A number for each time that it was.</summary>
    public int Episode { get; private set; }

    /// <summary>What is left of its time; zero or less where that is over.</summary>
    public TimeSpan Left => slowTimeout - _used - time.GetElapsedTime(_at);

    /// <summary>More is queued than should be.</summary>
    public void Begin()
    {
        Earn();
        _at = time.GetTimestamp();
        IsOn = true;
        Episode++;
    }

    /// <summary>The peer has taken so many bytes, congested or not.</summary>
    public void Taken(int bytes)
    {
        _taken += bytes;
        if (IsOn)
        {
            Spend();
            Earn();
        }
    }

    /// <summary>There is room again, or nobody is there to wait for.</summary>
    public void End()
    {
        if (IsOn)
        {
            IsOn = false;
            Spend();
        }
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
        _at = time.GetTimestamp();
        _used = TimeSpan.Zero;
    }

    private void Spend()
    {
        long now = time.GetTimestamp();
        TimeSpan left = slowTimeout - _used;
        TimeSpan passed = time.GetElapsedTime(_at, now);
        _used += passed < left ? passed : left; // where it was late, nobody had to wait for it
        _at = now;
    }

    private void Earn()
    {
        TimeSpan earned = TimeSpan.FromSeconds(_taken / (double)BytesPerSecond);
        _taken = 0;
        _used -= earned < _used ? earned : _used;
    }
}
