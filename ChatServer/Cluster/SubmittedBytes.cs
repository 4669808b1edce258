namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// What the clients of this server have said in one channel and what was not applied yet. Bounded, however many talk at once: it
/// reaches the members all at the same time, and must not be more than a member that reads can take.
/// </summary>
internal sealed class SubmittedBytes
{
    /// <summary>From all servers together: half of the default hard limit. Each has its share, so that no server must ask another one.</summary>
    private const long MostOfAll = 512 * 1024;

    /// <summary>From one server, however few there are.</summary>
    private const long Most = 128 * 1024;

    /// <summary>Guards <see cref="_bytes"/>. A leaf. A monitor, since senders wait on it.</summary>
    private readonly object _gate = new();

    private long _bytes;

    /// <summary>Counts bytes that are about to be submitted; waits while there are too many. One batch may always go.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="servers">How many servers form the chat.</param>
    public void Take(int bytes, int servers)
    {
        long most = Math.Min(Most, MostOfAll / Math.Max(1, servers));
        lock (_gate)
        {
            while (_bytes > 0 && _bytes + bytes > most)
            {
                Monitor.Wait(_gate);
            }

            _bytes += bytes;
        }
    }

    /// <summary>They were applied, or never will be.</summary>
    public void Release(int bytes)
    {
        lock (_gate)
        {
            _bytes -= bytes;
            Monitor.PulseAll(_gate);
        }
    }
}
