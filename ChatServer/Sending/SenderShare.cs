namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// The deliveries that one sender may cause: a burst, which fills again at a rate. Above it the sender waits, but only while
/// others send as well. Only the reader thread of the sender uses it, so it needs no lock.
/// </summary>
internal sealed class SenderShare(SenderActivity activity, SendLimits limits, TimeProvider time)
{
    /// <summary>How long other senders count as active after they have sent.</summary>
    internal static readonly TimeSpan Recent = TimeSpan.FromSeconds(1);

    private readonly long _half = limits.SenderBurst / 2;

    private long _left = limits.SenderBurst;

    /// <summary>Above it there is nothing to do. Half of the burst, for a look at the others: at the end of the burst it shows whether they are active.</summary>
    private long _mark = limits.SenderBurst / 2;

    private long? _filledAt;
    private int _changes;
    private long? _lookedAt;
    private long? _othersAt;
    private TimeSpan _wait;

    /// <summary>Counts bytes of deliveries. Returns how long the sender must wait before it causes more. The clock is read only if half of the burst is used up.</summary>
    public TimeSpan Spend(long bytes)
    {
        if (limits.SenderRate == 0)
        {
            return TimeSpan.Zero;
        }

        activity.Note(this);
        _filledAt ??= time.GetTimestamp();
        _left -= bytes;
        return _left > _mark ? TimeSpan.Zero : SpendMore();
    }

    private TimeSpan SpendMore()
    {
        long now = time.GetTimestamp();
        double filled = time.GetElapsedTime(_filledAt ?? now, now).TotalSeconds * limits.SenderRate;
        _left = (long)Math.Min(_left + filled, limits.SenderBurst);
        _filledAt = now;
        _wait = AreOthersActive(now) && _left <= 0 ? TimeSpan.FromSeconds(-_left / (double)limits.SenderRate) : TimeSpan.Zero;
        if (_wait == TimeSpan.Zero)
        {
            // A sender that was alone may have sent much more than its share. That counts for one second at most.
            _left = Math.Max(_left, -limits.SenderRate);
        }

        _mark = _left > _half ? _half : 0;
        return _wait;
    }

    private bool AreOthersActive(long now)
    {
        // A change before the last check, or long ago, does not show that others send now.
        bool isLookRecent = _lookedAt is long lookedAt && time.GetElapsedTime(lookedAt, now) < Recent + _wait;
        int changes = activity.Changes;
        if (changes != _changes && isLookRecent)
        {
            _othersAt = now;
        }

        _changes = changes;
        _lookedAt = now;
        return _othersAt is long othersAt && time.GetElapsedTime(othersAt, now) < Recent;
    }
}
