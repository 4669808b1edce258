namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// Where the frames for one participant go. Declared here, in the layer that fills it, so that channels and
/// commands know nothing of sockets and threads; a connection's send queue implements it.
/// </summary>
/// <remarks>
/// The contract of <see cref="Append"/>:
/// <list type="number">
/// <item>It never blocks for longer than a short critical section, and never throws: where there is no memory for what is appended, the
/// participant is cut off as a whole.</item>
/// <item>What is appended leaves in the order of the calls, each frame once and whole.</item>
/// <item>It may be called from any thread, also under a channel's gate.</item>
/// <item>Once the connection is ending, it ignores what is appended. The reader of that connection handles the end.</item>
/// </list>
/// The methods that block are called by a sender's own reader thread only, holding no lock.
/// </remarks>
internal interface IOutbox
{
    /// <summary>False once nothing more can reach this participant: then an answer need not be made.</summary>
    bool IsOpen { get; }

    /// <summary>True while more is queued than should be: a sender that can wait does so before it appends more.</summary>
    bool IsCongested { get; }

    /// <summary>Queues whole frames, which must never change again: they may be shared with other outboxes.</summary>
    /// <returns>True where the participant is congested now.</returns>
    bool Append(ReadOnlyMemory<byte> frames);

    /// <summary>Blocks, for a bounded time, until there is room again or the participant has been cut off.</summary>
    void WaitForSpace();

    /// <summary>
    /// Does without a wait what <see cref="WaitForSpace"/> does after its wait: cuts the participant off where its time is over, and
    /// lets senders go on where it has headroom. An outbox that is never congested has nothing to do.
    /// </summary>
    void CheckSlowness()
    {
    }

    /// <summary>Blocks this participant, a sender, until <see cref="GrantTurn"/> is called, once for each call.</summary>
    void WaitForTurn();

    /// <summary>Lets this participant go on from <see cref="WaitForTurn"/>, whichever of the two is called first.</summary>
    void GrantTurn();

    /// <summary>
    /// Notes that this participant has caused so many bytes of deliveries. Blocks, for a bounded time, where that is more than
    /// its share and others have something to send as well.
    /// </summary>
    void Spend(long bytes);
}
