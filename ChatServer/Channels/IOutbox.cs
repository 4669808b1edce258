namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// Takes the frames for one participant. Declared here, in the layer that fills it, so that channels and
/// commands know nothing of sockets and threads; a connection's send queue implements it.
/// </summary>
/// <remarks>
/// The contract of <see cref="Append"/>:
/// <list type="number">
/// <item>It never blocks for longer than a short critical section, and never throws: without memory for the frames, the
/// participant is disconnected.</item>
/// <item>Frames are sent in the order of the calls, each once and whole.</item>
/// <item>It may be called from any thread, also under a channel's gate.</item>
/// <item>Once the connection is ending, it ignores appended frames. The reader of that connection handles the end.</item>
/// </list>
/// The methods that block are called by a sender's own reader thread only, holding no lock.
/// </remarks>
internal interface IOutbox
{
    /// <summary>False once nothing more can reach this participant: then an answer need not be made.</summary>
    bool IsOpen { get; }

    /// <summary>True while more is queued than should be: a sender that can wait does so before it appends more.</summary>
    bool IsCongested { get; }

    /// <summary>True while so much is queued that senders wait for this participant, or soon will. One that reads what it is sent has no long queue.</summary>
    bool HasLongQueue => IsCongested;

    /// <summary>Queues whole frames, which must never change again: they may be shared with other outboxes.</summary>
    /// <returns>True if the participant is congested now.</returns>
    bool Append(ReadOnlyMemory<byte> frames);

    /// <summary>Blocks, for a bounded time, until there is space again or the participant is disconnected.</summary>
    void WaitForSpace();

    /// <summary>Blocks this participant, a sender, as <see cref="WaitForSpace"/> of <paramref name="member"/> does.</summary>
    /// <param name="member">Whom it waits for.</param>
    /// <param name="stalls">Of the channel in which it waits; null if it is none.</param>
    void WaitFor(IOutbox member, StallRecord? stalls = null) => member.WaitForSpace();

    /// <summary>
    /// Does without a wait what <see cref="WaitForSpace"/> does after its wait: disconnects the participant if its time is over, and
    /// lets senders continue if it has headroom. An outbox that is never congested has nothing to do.
    /// </summary>
    void CheckSlowness(StallRecord? stalls = null)
    {
    }

    /// <summary>This participant leaves a channel: notes in its record if it is congested and has taken nothing for some time.</summary>
    void NoteStall(StallRecord stalls)
    {
    }

    /// <summary>Blocks this participant, a sender, until <see cref="GrantTurn"/> is called, once for each call.</summary>
    void WaitForTurn();

    /// <summary>Lets this participant continue from <see cref="WaitForTurn"/>. Either of the two may be called first.</summary>
    void GrantTurn();

    /// <summary>
    /// Notes that this participant has caused so many bytes of deliveries. Blocks, for a bounded time, if that is more than
    /// its share and other clients send too.
    /// </summary>
    void Spend(long bytes);

    /// <summary>
    /// Notes that the server has worked for this participant alone: for a command with so many bytes of answers, or for <paramref name="count"/> messages
    /// that nobody gets. Blocks, for a bounded time, if that is much while other clients do the same. Blocks also if the participant has yet to read
    /// its answers: as long as it reads any of them, since nobody else waits.
    /// </summary>
    void Work(long answered, int count = 1)
    {
    }

    /// <summary>
    /// This participant is about to wait for something else, or has nothing to do: its turn to work for itself alone, if it has one, is over. A
    /// client that waits must not keep the place of one that could work.
    /// </summary>
    void EndWork()
    {
    }
}
