namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// Whether the kernel of a peer takes what it is sent, and how far it is behind. The writer writes, any thread reads.
/// </summary>
/// <param name="time">The clock. It is read only while the peer is behind.</param>
/// <param name="stallTime">See <see cref="SendLimits.StallTime"/>.</param>
internal sealed class PeerIntake(TimeProvider time, TimeSpan stallTime)
{
    /// <summary>The timestamp of the last send that took something, or of the first that took nothing; 0 while sends take all that they are offered.</summary>
    private long _fullSince;

    /// <summary>Since when the peer is behind; 0 while it is not.</summary>
    private long _behindSince;

    /// <summary>Bytes that it has taken since then.</summary>
    private long _taken;

    /// <summary>
    /// By how much the peer is behind one that takes <see cref="Congestion.BytesPerSecond"/>: the time for which it has taken nothing, if it has stalled.
    /// Null if the last send took all that it was offered: then the peer is not slow, the server is.
    /// </summary>
    public TimeSpan? Lag => Volatile.Read(ref _fullSince) == 0 ? null : Behind;

    /// <summary>For how long the peer has taken nothing; null while it takes all that it is offered.</summary>
    public TimeSpan? Silence => Volatile.Read(ref _fullSince) is long since and not 0 ? time.GetElapsedTime(since) : null;

    /// <summary>True if the peer has taken nothing for so long that it counts as a stall.</summary>
    public bool HasStalled => Silence >= stallTime;

    private TimeSpan Behind
    {
        get
        {
            long since = Volatile.Read(ref _behindSince);
            TimeSpan behind = since == 0 ? TimeSpan.Zero : time.GetElapsedTime(since) - Congestion.Worth(Volatile.Read(ref _taken));
            return behind > TimeSpan.Zero ? behind : TimeSpan.Zero;
        }
    }

    /// <summary>Notes a send. True if the peer takes something again after it had stalled.</summary>
    /// <param name="sent">Bytes that it took.</param>
    /// <param name="offered">Bytes that it was offered.</param>
    public bool Note(int sent, int offered)
    {
        if (sent == offered && _behindSince == 0)
        {
            return false; // almost always
        }

        bool isAfterStall = sent > 0 && HasStalled;
        long now = Math.Max(1, time.GetTimestamp());
        if (_behindSince == 0)
        {
            Volatile.Write(ref _taken, 0);
            Volatile.Write(ref _behindSince, now);
        }

        Volatile.Write(ref _taken, _taken + Math.Max(sent, 0));
        if (sent == offered)
        {
            Volatile.Write(ref _fullSince, 0);
            _behindSince = Behind > TimeSpan.Zero ? _behindSince : 0;
        }
        else if (sent > 0 || _fullSince == 0)
        {
            Volatile.Write(ref _fullSince, now);
        }

        return isAfterStall;
    }

    /// <summary>Nothing is left to send: the peer is not behind.</summary>
    public void End()
    {
        if (_behindSince != 0)
        {
            Volatile.Write(ref _behindSince, 0);
            Volatile.Write(ref _fullSince, 0);
        }
    }
}
