namespace ThreadedChat.ChatServer.Metrics;

/// <summary>What a server counts, at about one moment. The lists are indexed by the value of their enumeration.</summary>
internal sealed record ChatFigures
{
    /// <summary>Connections by <c>ReaderState</c>.</summary>
    public required IReadOnlyList<long> ConnectionsByState { get; init; }

    /// <summary>Connections that are open.</summary>
    public long Connections => ConnectionsByState.Sum();

    public required long Channels { get; init; }

    /// <summary>Connections that were accepted since the start.</summary>
    public required long Accepted { get; init; }

    /// <summary>Rejected connections, by <c>RejectionReason</c>.</summary>
    public required IReadOnlyList<long> Refused { get; init; }

    /// <summary>Connections that have ended, by <c>CloseReason</c>.</summary>
    public required IReadOnlyList<long> Closed { get; init; }

    /// <summary>What the readers have received.</summary>
    public required long Receives { get; init; }

    /// <inheritdoc cref="Receives"/>
    public required long BytesReceived { get; init; }

    /// <inheritdoc cref="Receives"/>
    public required long FramesReceived { get; init; }

    /// <summary>What the writer has sent: system calls that took something.</summary>
    public required long Sends { get; init; }

    /// <inheritdoc cref="Sends"/>
    public required long BytesSent { get; init; }

    /// <summary>Frames of these bytes.</summary>
    public required long FramesSent { get; init; }

    /// <summary>Appends to queues that the writer has taken over for sending.</summary>
    public required long BatchesSent { get; init; }

    /// <summary>How often the writer has gone round its queues.</summary>
    public required long Rounds { get; init; }

    /// <summary>Bytes in all send queues, and in the longest one.</summary>
    public required long QueuedBytes { get; init; }

    /// <inheritdoc cref="QueuedBytes"/>
    public required long LargestQueue { get; init; }

    /// <summary>Send queues above the soft limit.</summary>
    public required long Congested { get; init; }

    /// <summary>Senders that wait now, by <c>SenderWaitKind</c>.</summary>
    public required IReadOnlyList<long> Waiting { get; init; }

    /// <summary>For how long the one that waits longest has waited.</summary>
    public required TimeSpan LongestWait { get; init; }

    /// <summary>Waits that have ended, by <c>SenderWaitKind</c>, and how long they took together.</summary>
    public required IReadOnlyList<long> Waits { get; init; }

    /// <inheritdoc cref="Waits"/>
    public required IReadOnlyList<TimeSpan> Waited { get; init; }

    /// <summary>Faults of the server's own code.</summary>
    public required long Faults { get; init; }
}
