using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>What the connections that have ended had counted, added up. Immutable.</summary>
/// <param name="ByReason">How many, by <see cref="CloseReason"/>.</param>
/// <param name="Receives">Their receives.</param>
/// <param name="Bytes">Their received bytes.</param>
/// <param name="Frames">Their received frames.</param>
internal sealed record EndedConnections(IReadOnlyList<long> ByReason, long Receives, long Bytes, long Frames)
{
    /// <summary>How many reasons there are.</summary>
    public static readonly int Reasons = Enum.GetValues<CloseReason>().Length;
}
