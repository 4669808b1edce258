namespace ThreadedChat.ChatServer.Sending;

/// <summary>Tells whether several clients cause deliveries at the same time, or one alone. Shared by all senders.</summary>
internal sealed class SenderActivity
{
    // No lock: the last write wins. A wrong answer costs a client a short wait, or saves it one.
    private object? _last;
    private int _changes;

    /// <summary>How often the sender was not the one before. Does not change while one sender is alone.</summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <summary>Notes that <paramref name="sender"/> sends. If it was also the last one, that is one receive.</summary>
    public void Note(object sender)
    {
        if (Volatile.Read(ref _last) != sender)
        {
            Volatile.Write(ref _last, sender);
            Volatile.Write(ref _changes, _changes + 1);
        }
    }
}
