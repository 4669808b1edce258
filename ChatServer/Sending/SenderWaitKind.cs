namespace ThreadedChat.ChatServer.Sending;

/// <summary>What a client that sends waits for.</summary>
internal enum SenderWaitKind
{
    /// <summary>It does not wait.</summary>
    None,

    /// <summary>For space in the send queue of a member that reads less than is sent to it.</summary>
    SlowMember,

    /// <summary>For its turn in the line of a channel.</summary>
    Turn,

    /// <summary>
    /// For its share: of the deliveries (<c>--sender-rate</c>), of the work on commands (<see cref="WorkTurns"/>), or until it has read its own
    /// answers. One kind for the three: users see it as one reason (docs/live.md, docs/metrics.md).
    /// </summary>
    Share,
}
