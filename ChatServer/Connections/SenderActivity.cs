namespace ThreadedChat.ChatServer.Connections;

/// <summary>Whether several clients cause deliveries at the same time, or one alone. Shared by all senders.</summary>
internal sealed class SenderActivity
{
    /// <summary>How long a sender counts as active after it has sent.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMilliseconds(100);

    // No lock: the last to write wins, and a wrong answer costs somebody a short wait, or none.
    private object? _last;
    private long _changedAt;
    private bool _hasChanged;

    /// <summary>Notes that <paramref name="sender"/> sends. Where it sent last as well, that is one look.</summary>
    public void Note(object sender, TimeProvider time)
    {
        object? last = Volatile.Read(ref _last);
        if (last == sender)
        {
            return;
        }

        Volatile.Write(ref _last, sender);
        if (last is not null)
        {
            Volatile.Write(ref _changedAt, time.GetTimestamp());
            Volatile.Write(ref _hasChanged, true);
        }
    }

    /// <summary>True where the last change from one sender to another was a moment ago.</summary>
    public bool AreSeveralActive(TimeProvider time) =>
        Volatile.Read(ref _hasChanged) && time.GetElapsedTime(Volatile.Read(ref _changedAt)) < Recent;
}
