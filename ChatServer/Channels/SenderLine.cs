namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// The senders that wait for their turn in a channel, first come first served. The head has the turn. No lock of its own: see
/// <see cref="Channel"/>.
/// </summary>
internal sealed class SenderLine
{
    /// <summary>A line with room for more than so many senders releases its memory when it is empty.</summary>
    private const int LongLine = 64;

    private readonly Queue<Participant> _senders = new();

    public int Count => _senders.Count;

    public int Capacity => _senders.Capacity;

    /// <summary>Adds a sender at the end. True if it is the head.</summary>
    public bool Add(Participant sender)
    {
        _senders.Enqueue(sender);
        return _senders.Count == 1;
    }

    /// <summary>
    /// Removes a sender, which is in the line. Needs no memory. Returns the sender that has the turn from now on; null if that
    /// has not changed or no sender is left.
    /// </summary>
    public Participant? Remove(Participant sender)
    {
        if (_senders.Peek() != sender)
        {
            RemoveBehindHead(sender);
            return null;
        }

        _senders.Dequeue();
        if (!_senders.TryPeek(out Participant? next))
        {
            ReleaseUnused();
        }

        return next;
    }

    /// <summary>Takes all of the others out and puts them back.</summary>
    private void RemoveBehindHead(Participant sender)
    {
        for (int left = _senders.Count; left > 0; left--)
        {
            Participant other = _senders.Dequeue();
            if (other != sender)
            {
                _senders.Enqueue(other);
            }
        }
    }

    private void ReleaseUnused()
    {
        if (_senders.Capacity <= LongLine)
        {
            return;
        }

        try
        {
            _senders.TrimExcess();
        }
        catch (OutOfMemoryException)
        {
            // There is no memory for a shorter line now. The next call tries again.
        }
    }
}
