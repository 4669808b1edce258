namespace ThreadedChat.ChatServer.Sending;

/// <summary>The policy for slow consumers, and for senders.</summary>
/// <param name="SoftBytes">Above this, a thread that sends to the queue waits until an eighth of it is free again.</param>
/// <param name="HardBytes">Above this the connection is cut off.</param>
/// <param name="SlowTimeout">How long a queue may stay congested, see <see cref="Congestion"/>.</param>
internal sealed record SendLimits(int SoftBytes, int HardBytes, TimeSpan SlowTimeout)
{
    /// <summary>Bytes of deliveries in a second that a sender may cause while others send as well; 0 is no limit.</summary>
    public long SenderRate { get; init; } = 32 * 1024 * 1024;

    /// <summary>Bytes of deliveries that a sender may cause before that rate counts.</summary>
    public long SenderBurst { get; init; } = 16 * 1024 * 1024;
}
