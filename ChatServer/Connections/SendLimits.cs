namespace ThreadedChat.ChatServer.Connections;

/// <summary>The policy for slow consumers.</summary>
/// <param name="SoftBytes">Above this, whoever sends to the queue waits until it is below half.</param>
/// <param name="HardBytes">Above this the connection is cut off.</param>
/// <param name="Patience">How long a queue may stay above the soft limit's half, once above the limit.</param>
internal sealed record SendLimits(int SoftBytes, int HardBytes, TimeSpan Patience);
