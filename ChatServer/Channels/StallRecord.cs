namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// When a channel last lost a member that had taken nothing while senders waited for it. The other members have less time for a while
/// after that. Any thread reads and writes.
/// </summary>
internal sealed class StallRecord
{
    private const long Never = long.MinValue;

    private long _at = Never;

    /// <summary>In the timestamps of the clock of the outboxes; null for never.</summary>
    public long? At => Volatile.Read(ref _at) is long at and not Never ? at : null;

    /// <summary>Notes that it happens now.</summary>
    public void Note(long now) => Volatile.Write(ref _at, now);
}
