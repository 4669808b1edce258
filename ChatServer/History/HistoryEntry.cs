namespace ThreadedChat.ChatServer.History;

/// <summary>Messages that were sent to a channel in one batch, on their way to the file.</summary>
/// <param name="Channel">Where.</param>
/// <param name="Frames">Whole frames, as the members get them. Empty for a gap.</param>
/// <param name="At">When: milliseconds since 1970, UTC.</param>
/// <param name="Missing">For a gap, how many messages are missing; otherwise 0.</param>
internal readonly record struct HistoryEntry(ChannelRecord Channel, ReadOnlyMemory<byte> Frames, long At, int Missing = 0);
