namespace ThreadedChat.ChatClient.Connection;

/// <summary>
/// The servers of one chat, in the order in which the client tries them: after the last one the first again. Only the thread that connects
/// moves on; any may read <see cref="Current"/>.
/// </summary>
/// <param name="servers">At least one.</param>
internal sealed class ServerRotation(IReadOnlyList<ServerAddress> servers)
{
    private volatile int _index = -1;

    /// <summary>The server that was tried last; before the first attempt, the first one.</summary>
    public ServerAddress Current => servers[Math.Max(_index, 0)];

    /// <summary>How many servers there are.</summary>
    public int Count => servers.Count;

    /// <summary>The server to try next. A server that has just lost this client may be down: so it comes last.</summary>
    public ServerAddress Next()
    {
        _index = (_index + 1) % servers.Count;
        return Current;
    }
}
