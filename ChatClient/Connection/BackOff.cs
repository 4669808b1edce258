namespace ThreadedChat.ChatClient.Connection;

/// <summary>
/// How long to wait before each attempt to connect again: about twice as long each time, up to half a minute. A random part
/// spreads the clients of a restarted server, so that they do not all connect at the same moment.
/// </summary>
internal sealed class BackOff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    private TimeSpan _next = First;

    /// <summary>The wait before the next attempt: 50 to 150 percent of the nominal time.</summary>
    public TimeSpan Next()
    {
        TimeSpan wait = _next * (0.5 + random.NextDouble());
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait;
    }

    /// <summary>
    /// Starts again with the shortest wait if the last connection was stable. A server that accepts clients and closes at once
    /// is not asked every second.
    /// </summary>
    public void Reset(TimeSpan connected)
    {
        if (connected >= Steady)
        {
            _next = First;
        }
    }
}
