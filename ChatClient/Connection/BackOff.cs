namespace ThreadedChat.ChatClient.Connection;

/// <summary>
/// How long to wait before each try to connect again: about twice as long each time, up to half a minute. Each wait is spread
/// at random, so that the clients of a server that was started again do not all come back in the same moment.
/// </summary>
internal sealed class BackOff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    private TimeSpan _next = First;

    /// <summary>The wait before the next try: from half as long as its turn has it to half as long again.</summary>
    public TimeSpan Next()
    {
        TimeSpan wait = _next * (0.5 + random.NextDouble());
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait;
    }

    /// <summary>
    /// Begins anew, if a connection that lasted for <paramref name="connected"/> was more than a flicker: a server that
    /// lets us in only to throw us out is not to be asked every second.
    /// </summary>
    public void Reset(TimeSpan connected)
    {
        if (connected >= Steady)
        {
            _next = First;
        }
    }
}
