namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// In one queue, the place of the message whose delay is measured: a count of bytes. To append is guarded by the gate of the queue; to
/// send belongs to the writer; any thread may drop it. A field of the queue, and no object of its own, since every client has one.
/// </summary>
internal struct DelayMark()
{
    private const long Nowhere = long.MaxValue;

    private long _appended;
    private long _sent;
    private long _at = Nowhere;

    /// <summary>So many bytes were appended. They are marked where the calling thread has the ticket.</summary>
    public void Appended(int bytes, DelaySampler sampler)
    {
        _appended += bytes;
        if (sampler.TryCarry())
        {
            Volatile.Write(ref _at, _appended);
        }
    }

    /// <summary>So many bytes were sent.</summary>
    public void Sent(int bytes, DelaySampler sampler)
    {
        _sent += bytes;
        if (_sent >= Volatile.Read(ref _at))
        {
            GiveBack(sampler, isSent: true);
        }
    }

    /// <summary>Nothing more is sent.</summary>
    public void Drop(DelaySampler sampler) => GiveBack(sampler, isSent: false);

    private void GiveBack(DelaySampler sampler, bool isSent)
    {
        if (Interlocked.Exchange(ref _at, Nowhere) != Nowhere)
        {
            sampler.GiveBack(isSent);
        }
    }
}
