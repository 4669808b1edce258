using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.History;

/// <summary>Consecutive messages of one channel, or one gap.</summary>
/// <param name="First">The row of the first message. The others have the rows after it.</param>
/// <param name="Channel">The number of the channel.</param>
/// <param name="At">When: milliseconds since 1970, UTC.</param>
/// <param name="Frames">Whole frames, as the members get them. Empty for a gap.</param>
/// <param name="Missing">For a gap, how many messages are missing; otherwise 0.</param>
internal readonly record struct MessageRun(long First, long Channel, long At, ReadOnlyMemory<byte> Frames, int Missing)
{
    /// <summary>The row of the last message.</summary>
    public long Last => First + Math.Max(1, Frames.Length / Frame.Size) - 1;
}
