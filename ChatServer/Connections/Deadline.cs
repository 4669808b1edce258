namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// A point in time by which something must have happened, and the reason to close if it has not. Absolute: a byte now
/// and then does not move it. Set by the connection's reader, and by who begins its goodbye; checked by the caretaker's thread.
/// </summary>
internal sealed class Deadline(TimeProvider time)
{
    private const long None = long.MaxValue;

    private long _due = None;
    private volatile CloseReason _reason;

    /// <summary>True while there is one.</summary>
    public bool IsSet => Volatile.Read(ref _due) != None;

    /// <summary>Sets it to <paramref name="limit"/> from now, whatever it was.</summary>
    public void Set(TimeSpan limit, CloseReason reason)
    {
        _reason = reason;
        Volatile.Write(ref _due, time.GetTimestamp() + (long)(limit.TotalSeconds * time.TimestampFrequency));
    }

    /// <summary>Takes it away.</summary>
    public void Clear() => Volatile.Write(ref _due, None);

    /// <summary>The reason to close if it has passed, else <see cref="CloseReason.None"/>.</summary>
    public CloseReason Check() =>
        Volatile.Read(ref _due) <= time.GetTimestamp() ? _reason : CloseReason.None;
}
