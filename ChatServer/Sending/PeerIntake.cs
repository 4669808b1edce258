namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// Whether the kernel of a peer takes what it is sent, and how far it is behind. The writer writes, any thread reads.
/// </summary>
/// <param name="time">The clock. It is read only while the peer is behind.</param>
/// <param name="stallTime">See <see cref="SendLimits.StallTime"/>.</param>
internal sealed class PeerIntake(TimeProvider time, TimeSpan stallTime)
{
    /// <summary>A kernel that has not taken all for this part of a stall is full. A shorter time may come from the network.</summary>
    private const int FullShare = 10;

    /// <summary>The timestamp of the last send that took something, or of the first that took nothing; 0 while sends take all that they are offered.</summary>
    private long _fullSince;

    /// <summary>The peer is behind by the time since then; 0 while it is not. Bytes that it takes move this on, up to the present: nothing is credited in advance.</summary>
    private long _behindSince;

    /// <summary>The last send that did not take all. Written after <see cref="_behindSince"/> and read before it, so that a take is never seen too late.</summary>
    private long _offeredAt;

    /// <summary>When its kernel was full for the first time since all was sent. Only the writer uses it.</summary>
    private long _firstFullAt;

    /// <summary>See <see cref="PeerLag.Usual"/>, in ticks of the clock.</summary>
    private long _usual;

    /// <summary>The most by which the peer was behind since it last made up for half of that. Only the writer uses it.</summary>
    private long _most;

    /// <summary>By how much the peer is behind at this moment: the time for which it has taken nothing, if it has stalled. Null: see <see cref="PeerLag.Behind"/>.</summary>
    public TimeSpan? Lag => Volatile.Read(ref _fullSince) == 0 ? null
        : Volatile.Read(ref _behindSince) is long since and not 0 ? time.GetElapsedTime(since)
        : TimeSpan.Zero;

    /// <summary>How far the peer is behind.</summary>
    public PeerLag State
    {
        get
        {
            long offered = Volatile.Read(ref _offeredAt);
            long since = Volatile.Read(ref _behindSince);
            long behind = since == 0 ? 0 : Math.Max(0, offered - since);
            return new PeerLag(
                Volatile.Read(ref _fullSince) == 0 ? null : Span(behind),
                Lag ?? TimeSpan.Zero,
                Span(Volatile.Read(ref _usual)));
        }
    }

    /// <summary>For how long the peer has taken nothing; null while it takes all that it is offered.</summary>
    public TimeSpan? Silence => Volatile.Read(ref _fullSince) is long since and not 0 ? time.GetElapsedTime(since) : null;

    /// <summary>True if the peer is behind by a stall, also if it takes a little now and then.</summary>
    public bool IsLate => Lag >= stallTime;

    /// <summary>Notes a send. True if the peer takes something although its kernel has been full for a while: then it reads, unless it takes only a few bytes.</summary>
    /// <param name="sent">Bytes that it took.</param>
    /// <param name="offered">Bytes that it was offered.</param>
    public bool Note(int sent, int offered)
    {
        if (sent == offered && _behindSince == 0)
        {
            return false; // almost always
        }

        long now = Math.Max(1, time.GetTimestamp());
        bool isReading = false;
        if (sent > 0 && _behindSince != 0)
        {
            isReading = time.GetElapsedTime(_firstFullAt, now) >= stallTime / FullShare;
            Take(sent, now);
        }

        if (sent == offered)
        {
            Volatile.Write(ref _fullSince, 0);
            Volatile.Write(ref _behindSince, _behindSince < now ? _behindSince : 0);
            return isReading;
        }

        if (_behindSince == 0)
        {
            _firstFullAt = now;
            Volatile.Write(ref _behindSince, now);
        }

        Volatile.Write(ref _fullSince, sent > 0 || _fullSince == 0 ? now : _fullSince);
        Volatile.Write(ref _offeredAt, now);
        return isReading;
    }

    /// <summary>Nothing is left to send: the peer is not behind.</summary>
    public void End()
    {
        if (_behindSince != 0)
        {
            Volatile.Write(ref _behindSince, 0);
            Volatile.Write(ref _fullSince, 0);
            _most = 0;
        }
    }

    /// <summary>The peer takes so many bytes, and was behind.</summary>
    private void Take(int sent, long now)
    {
        _most = Math.Max(_most, now - _behindSince);
        Volatile.Write(ref _behindSince, Math.Min(now, _behindSince + (sent * time.TimestampFrequency / Congestion.BytesPerSecond)));
        long left = now - _behindSince;
        if (left <= _most / 2)
        {
            // It has made up for half. This stays usual while the connection lives: the buffer of a kernel does not shrink when less is sent.
            Volatile.Write(ref _usual, _most > _usual && Span(_most) >= stallTime ? _most : _usual);
            _most = left;
        }
    }

    private TimeSpan Span(long ticks) => time.GetElapsedTime(0, ticks);
}
