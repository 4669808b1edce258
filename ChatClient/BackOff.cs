namespace ThreadedChat.ChatClient;

/// <summary>How long to wait before each try to connect again: twice as long each time, up to half a minute.</summary>
internal sealed class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _next = First;

    /// <summary>The wait before the next try.</summary>
    public TimeSpan Next()
    {
        TimeSpan wait = _next;
        _next = wait * 2 < Longest ? wait * 2 : Longest;
        return wait;
    }

    /// <summary>
    /// Begins anew, if a connection that lasted for <paramref name="connected"/> was more than a flicker: a server that
    /// lets us in only to throw us out is not to be asked every second.
    /// </summary>
    public void Reset(TimeSpan connected)
    {
        if (connected >= Longest)
        {
            _next = First;
        }
    }
}
