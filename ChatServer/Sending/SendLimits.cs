namespace ThreadedChat.ChatServer.Sending;

/// <summary>The policy for slow consumers, and for senders.</summary>
/// <param name="SoftBytes">Above this, senders to the queue wait until an eighth of it is free again, or continue slowly, see <see cref="Congestion"/>.</param>
/// <param name="HardBytes">Above this the connection is aborted.</param>
/// <param name="SlowTimeout">How long senders wait for a peer that takes nothing.</param>
internal sealed record SendLimits(int SoftBytes, int HardBytes, TimeSpan SlowTimeout)
{
    /// <summary>Bytes above the soft limit that may be filled slowly. At most half of the space below the hard limit, so that notices always fit.</summary>
    public int HeadroomBytes { get; init; } = Math.Max(0, (HardBytes - SoftBytes) / 2);

    /// <summary>A peer whose kernel has taken nothing for this time has stalled. One that reads 200 KB a second or more is never that slow: see <see cref="Congestion"/>.</summary>
    public TimeSpan StallTime => SlowTimeout / 2;

    /// <summary>
    /// Bytes that may wait before the last answer to a client's own command; then the client must read before its next command is handled. Less
    /// than the soft limit, so that senders do not wait for a client that reads its own answers slowly.
    /// </summary>
    public int AnswerBytes => SoftBytes / 2;

    /// <summary>
    /// How long a client may take nothing of its own answers, for which nobody else waits. Longer than the kernel of a peer that reads 10 KB
    /// a second takes nothing: see <see cref="Congestion"/>.
    /// </summary>
    public TimeSpan AnswerTimeout => 15 * SlowTimeout;

    /// <summary>Bytes of deliveries in a second that a sender may cause while others send as well; 0 is no limit.</summary>
    public long SenderRate { get; init; } = 32 * 1024 * 1024;

    /// <summary>Bytes of deliveries that a sender may cause before that rate counts.</summary>
    public long SenderBurst { get; init; } = 16 * 1024 * 1024;
}
