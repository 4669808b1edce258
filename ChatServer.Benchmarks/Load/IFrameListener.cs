namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>Gets the frames that the members receive.</summary>
internal interface IFrameListener
{
    /// <param name="member">The receiver.</param>
    /// <param name="frames">One or more whole frames; valid only during the call.</param>
    /// <param name="now">The time of the receive, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
    void OnReceived(LoadMember member, ReadOnlySpan<byte> frames, long now);
}
