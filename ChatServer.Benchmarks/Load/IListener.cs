namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>Who is told what the members receive.</summary>
internal interface IListener
{
    /// <summary>Whole frames came for a member. They are only there during the call.</summary>
    /// <param name="member">Who received them.</param>
    /// <param name="frames">One frame or more.</param>
    /// <param name="now">When they were received, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
    void Heard(Member member, ReadOnlySpan<byte> frames, long now);
}
