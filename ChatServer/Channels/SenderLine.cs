namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// The senders that wait for their turn in a channel, first come first served. The head has the turn. No lock of its own: see
/// <see cref="Channel"/>.
/// </summary>
internal sealed class SenderLine
{
    /// <summary>A line with space for more senders than this releases its memory when it is empty.</summary>
    private const int LongLine = 64;

    private readonly Queue<Waiting> _senders = new();

    public int Count => _senders.Count;

    public int Capacity => _senders.Capacity;

    /// <summary>Adds a sender at the end. True if it is the head.</summary>
    /// <param name="sender">The sender.</param>
    /// <param name="frames">What it sends in its turn; null if it does something else, so that nobody can do it in its place.</param>
    public bool Add(Participant sender, ReadOnlyMemory<byte>? frames = null)
    {
        _senders.Enqueue(new Waiting(sender, frames));
        return _senders.Count == 1;
    }

    /// <summary>
    /// Removes a sender, which is in the line. Needs no memory. Returns the sender that has the turn from now on; null if that
    /// has not changed or no sender is left.
    /// </summary>
    public Participant? Remove(Participant sender)
    {
        if (_senders.Peek().Sender != sender)
        {
            RemoveBehindHead(sender);
            return null;
        }

        _senders.Dequeue();
        if (!_senders.TryPeek(out Waiting next))
        {
            ReleaseUnused();
        }

        return next.Sender;
    }

    /// <summary>What the head, of a line that is not empty, sends in its turn; null if it does something else.</summary>
    public ReadOnlyMemory<byte>? FramesOfHead() => _senders.Peek().Frames;

    /// <summary>Takes all of the others out and puts them back.</summary>
    private void RemoveBehindHead(Participant sender)
    {
        for (int left = _senders.Count; left > 0; left--)
        {
            Waiting other = _senders.Dequeue();
            if (other.Sender != sender)
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

    private readonly record struct Waiting(Participant Sender, ReadOnlyMemory<byte>? Frames);
}
