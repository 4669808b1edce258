namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// Whether a channel is still open: it closes once it has been empty for a time and no participant is about to enter it. No lock of
/// its own: see <see cref="Channel"/>.
/// </summary>
internal sealed class ChannelLife
{
    /// <summary>The time at which the channel was found empty; null while it has members, or had some since.</summary>
    private long? _emptySince;

    /// <summary>How many participants have found the channel and are about to enter.</summary>
    private int _reservations;

    private volatile bool _isClosed; // written under the gate of the channel, read without

    public bool IsClosed => _isClosed;

    /// <summary>
    /// Closes the channel if, at <paramref name="now"/>, it has been empty for <paramref name="limit"/>, counted from the
    /// first call that finds it empty.
    /// </summary>
    public bool TryClose(bool hasMembers, long now, long limit)
    {
        if (hasMembers || _reservations > 0)
        {
            _emptySince = null;
        }
        else
        {
            _emptySince ??= now;
            _isClosed |= now - _emptySince >= limit; // a channel that was removed stays closed
        }

        return _isClosed;
    }

    /// <summary>Closes the channel, members or not.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Keeps the channel open for a participant that is about to enter. False if it is closed.</summary>
    public bool TryReserve()
    {
        _reservations += _isClosed ? 0 : 1;
        return !_isClosed;
    }

    /// <summary>Undoes <see cref="TryReserve"/>.</summary>
    public void CancelReservation() => _reservations--;

    /// <summary>The participant that was expected enters.</summary>
    public void Enter()
    {
        _reservations--;
        _emptySince = null;
    }
}
