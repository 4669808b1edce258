namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// For how long one peer may delay the clients that send to it. It has a budget of time, at most the slow timeout of the policy. While it
/// is congested it uses that time up; by the bytes that its kernel takes it earns time again, a second for
/// <see cref="BytesPerSecond"/>. So a peer that reads steadily is never cut off, also where its kernel takes much at once and then
/// nothing for a while; a peer that has stopped reading has the slow timeout, once; and a peer that stops now and then on purpose uses up
/// its time.
/// </summary>
/// <remarks>No lock of its own: see <see cref="SendQueue"/>. While the peer is not congested no clock is read.</remarks>
internal sealed class Congestion(TimeProvider time, TimeSpan slowTimeout)
{
    /// <summary>Bytes that a peer must take for a second of time: as much as the kernels of receivers commonly take at least in one step.</summary>
    internal const int BytesPerSecond = 64 * 1024;

    private TimeSpan _used; // of the budget
    private long _taken; // since the budget was last brought up to date
    private long _at; // when that was, while congested

    /// <summary>True while the peer is congested.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Counts how often it became congested.</summary>
    public int Episode { get; private set; }

    /// <summary>The time that is left; zero or less where it is used up.</summary>
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

    /// <summary>There is room again, or the queue is closed.</summary>
    public void End()
    {
        if (IsOn)
        {
            IsOn = false;
            Spend();
        }
    }

    /// <summary>
    /// Waits for the end. The caller holds <paramref name="gate"/>, which guards this object; it is released during the wait, and
    /// a thread that calls <see cref="End"/> pulses it.
    /// </summary>
    /// <param name="gate">A monitor the caller holds, once.</param>
    /// <param name="isPeerFull">False where the peer took everything that it was offered: then the server is slow, and not the peer.</param>
    /// <returns>False where the time is used up and the peer is the reason.</returns>
    public bool AwaitEnd(object gate, Func<bool> isPeerFull)
    {
        // Where it is congested again there was room in between.
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

    /// <summary>The server itself was slow: the peer gets the whole time again.</summary>
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
        _used += passed < left ? passed : left; // a wait that returns late must not cost the peer more than its time
        _at = now;
    }

    private void Earn()
    {
        TimeSpan earned = TimeSpan.FromSeconds(_taken / (double)BytesPerSecond);
        _taken = 0;
        _used -= earned < _used ? earned : _used;
    }
}
