using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// What the clients had sent when the server began to stop. Each reader serves that, and then waits here until all have: only then the queues
/// take no more frames. So what one member gets, all get.
/// </summary>
internal sealed class LastInput
{
    /// <summary>How often the main thread looks at readers that the system cannot wake.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Guards <see cref="_serving"/> and <see cref="_isReleased"/>. A leaf: nothing is called while it is held but what a connection knows of itself. A monitor, since threads wait here.</summary>
    private readonly object _gate = new();

    private readonly HashSet<Connection> _serving = [];
    private bool _isReleased;

    /// <summary>
    /// Asks the readers to serve what has arrived and nothing more, and waits until they have. Returns those that had not after
    /// <paramref name="limit"/>. <see cref="Release"/> must follow.
    /// </summary>
    public IReadOnlyList<Connection> Await(IReadOnlyList<Connection> connections, TimeSpan limit, TimeProvider time)
    {
        lock (_gate)
        {
            _serving.UnionWith(connections.Where(connection => !connection.Input.IsServed));
        }

        foreach (Connection connection in connections)
        {
            connection.Input.Begin();
        }

        long start = time.GetTimestamp();
        while (true)
        {
            // Where a thread that receives cannot be woken, one that waits for input is served. Without the gate, since that asks the system.
            Connection[] waiting = OperatingSystem.IsLinux() ? [] : [.. connections.Where(connection => connection.Input.IsAwaited)];
            TimeSpan left = limit - time.GetElapsedTime(start);
            lock (_gate)
            {
                _serving.ExceptWith(waiting);
                if (_serving.Count == 0 || left <= TimeSpan.Zero)
                {
                    return [.. _serving];
                }

                Monitor.Wait(_gate, MonitorWait.Milliseconds(OperatingSystem.IsLinux() || left < Look ? left : Look));
            }
        }
    }

    /// <summary>Lets the readers that wait continue.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _isReleased = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The reader of a connection serves no more input.</summary>
    public void Served(Connection connection)
    {
        connection.Input.IsServed = true; // first: a stop that begins now sees it
        lock (_gate)
        {
            if (_serving.Remove(connection) && _serving.Count == 0)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>The same, and waits for <see cref="Release"/>. Not if the connection is closing: another reader may wait for it to leave.</summary>
    public void AwaitOthers(Connection connection)
    {
        // Before the look at the reason: a reader that waits for this one to leave first sets the reason, and then looks here.
        connection.Input.IsWaitingForOthers = true;
        Served(connection);
        lock (_gate)
        {
            while (!_isReleased && connection.Reason == CloseReason.None)
            {
                Monitor.Wait(_gate);
            }
        }
    }
}
