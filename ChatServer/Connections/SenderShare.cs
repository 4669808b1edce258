namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// What one sender may cause in deliveries: a burst, which fills again at a rate. Above it the sender waits, but only while others
/// send as well. Its own reader thread's; needs no lock.
/// </summary>
internal sealed class SenderShare(SenderActivity activity, SendLimits limits, TimeProvider time)
{
    private long _left = limits.SenderBurst;
    private long? _filledAt;

    /// <summary>Notes so many bytes of deliveries; how long the sender must wait before it causes more. The clock is asked only where the burst is used up.</summary>
    public TimeSpan Spend(long bytes)
    {
        if (limits.SenderRate == 0)
        {
            return TimeSpan.Zero;
        }

        _filledAt ??= time.GetTimestamp();
        activity.Note(this, time);
        _left -= bytes;
        if (_left > 0)
        {
            return TimeSpan.Zero;
        }

        Fill();
        if (_left > 0)
        {
            return TimeSpan.Zero;
        }

        if (activity.AreSeveralActive(time))
        {
            return TimeSpan.FromSeconds(-_left / (double)limits.SenderRate);
        }

        // What was sent while the server had nothing else to do is not held against it for long.
        _left = Math.Max(_left, -limits.SenderRate);
        return TimeSpan.Zero;
    }

    private void Fill()
    {
        long now = time.GetTimestamp();
        double filled = time.GetElapsedTime(_filledAt ?? now, now).TotalSeconds * limits.SenderRate;
        _left = (long)Math.Min(_left + filled, limits.SenderBurst);
        _filledAt = now;
    }
}
