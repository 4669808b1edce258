namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// Where the frames for one participant go. Declared here, by those who fill it, so that channels and
/// commands know nothing of sockets and threads; a connection's send queue implements it.
/// </summary>
/// <remarks>
/// The contract of <see cref="Append"/>:
/// <list type="number">
/// <item>It never blocks for longer than a short critical section, and never throws.</item>
/// <item>What is appended leaves in the order of the calls, each frame once and whole.</item>
/// <item>It may be called from any thread, also under a channel's gate.</item>
/// <item>Once the connection is going, it takes no more and says nothing: the reader of that connection finds out.</item>
/// </list>
/// </remarks>
internal interface IOutbox
{
    /// <summary>False once nothing more can get to this participant: an answer for it need not be made.</summary>
    bool IsOpen { get; }

    /// <summary>Queues whole frames, which must never change again: they may be shared with other outboxes.</summary>
    /// <returns>
    /// True where this participant does not read fast enough: whoever sends to it should call
    /// <see cref="AwaitRoom"/> before it sends more.
    /// </returns>
    bool Append(ReadOnlyMemory<byte> frames);

    /// <summary>
    /// Waits, for a bounded time, until there is room again or the participant has been cut off. Blocks: only a
    /// sender's own reader thread calls it, between two commands, holding no lock.
    /// </summary>
    void AwaitRoom();
}
