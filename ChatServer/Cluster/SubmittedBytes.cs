namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// The bytes that the clients of this server have submitted for one channel and that are not applied yet. Bounded for any number of
/// senders: they reach the members all at once, and must not be more than a member that reads can take.
/// </summary>
internal sealed class SubmittedBytes
{
    /// <summary>The limit for all servers together: half of the default hard limit of a send queue. Each server has its share, so no server must ask another one.</summary>
    private const long MostOfAll = 512 * 1024;

    /// <summary>The limit for one server, also if it is the only one.</summary>
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

    /// <summary>The bytes were applied, or it is certain that they never will be.</summary>
    public void Release(int bytes)
    {
        lock (_gate)
        {
            _bytes -= bytes;
            Monitor.PulseAll(_gate);
        }
    }
}
