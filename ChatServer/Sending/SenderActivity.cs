namespace ThreadedChat.ChatServer.Sending;

/// <summary>Whether several clients cause deliveries at the same time, or one alone. Shared by all senders.</summary>
internal sealed class SenderActivity
{
    // No lock: the last to write wins, and a wrong answer costs somebody a short wait, or none.
    private object? _last;
    private int _changes;

    /// <summary>How often the sender was another than the one before. Stays the same while one is alone.</summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <summary>Notes that <paramref name="sender"/> sends. Where it sent last as well, that is one look.</summary>
    public void Note(object sender)
    {
        if (Volatile.Read(ref _last) != sender)
        {
            Volatile.Write(ref _last, sender);
            Volatile.Write(ref _changes, _changes + 1);
        }
    }
}
