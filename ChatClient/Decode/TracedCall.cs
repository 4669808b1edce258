namespace ThreadedChat.ChatClient.Decode;

/// <summary>One call on a connection, or another event of it.</summary>
/// <param name="Time">The time of the day.</param>
/// <param name="Peer">The connection.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Words">The end of its line in the trace.</param>
internal sealed record TracedCall(TimeSpan Time, TracedPeer Peer, CallKind Kind, string Words)
{
    /// <summary>The bytes that the call has moved.</summary>
    public int Count { get; init; }

    /// <summary>The bytes that a send offered.</summary>
    public int Offered { get; init; }

    /// <summary>Where the moved bytes begin in their stream.</summary>
    public long Start { get; init; }

    /// <summary>The stream of the moved bytes.</summary>
    public TracedStream Stream => Kind == CallKind.Receive ? Peer.Received : Peer.Sent;
}
