using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// A point in time by which something must have happened, and the reason to close if it has not. Absolute: a byte now
/// and then does not move it. The connection's reader sets and clears it; the deadline sweeper checks it. A graceful close sets a
/// second one, for the drain, which nothing clears.
/// </summary>
internal sealed class Deadline(TimeProvider time)
{
    private const long None = long.MaxValue;

    // Each has one writer, and its reason is written first.
    private long _due = None;
    private volatile CloseReason _reason;
    private long _drainDue = None;
    private volatile CloseReason _drainReason;

    /// <summary>True while a deadline is set.</summary>
    public bool IsSet => Volatile.Read(ref _due) != None || Volatile.Read(ref _drainDue) != None;

    /// <summary>Sets the deadline to <paramref name="limit"/> from now, in place of an earlier one.</summary>
    public void Set(TimeSpan limit, CloseReason reason)
    {
        _reason = reason;
        Volatile.Write(ref _due, In(limit));
    }

    /// <summary>Clears it, but not the one for the drain.</summary>
    public void Clear() => Volatile.Write(ref _due, None);

    /// <summary>Sets the end of the drain to <paramref name="limit"/> from now. Called once.</summary>
    public void SetDrainLimit(TimeSpan limit, CloseReason reason)
    {
        _drainReason = reason;
        Volatile.Write(ref _drainDue, In(limit));
    }

    /// <summary>The reason to close if the deadline has passed, else <see cref="CloseReason.None"/>.</summary>
    public CloseReason Check()
    {
        long now = time.GetTimestamp();
        return Volatile.Read(ref _drainDue) <= now ? _drainReason
            : Volatile.Read(ref _due) <= now ? _reason
            : CloseReason.None;
    }

    private long In(TimeSpan limit) => time.GetTimestamp() + (long)(limit.TotalSeconds * time.TimestampFrequency);
}
