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

    /// <summary>Guards <see cref="_serving"/>, <see cref="_isReleased"/> and changes of <see cref="_isOver"/>. A leaf: nothing is called while it is held but what a connection knows of itself. A monitor, since threads wait here.</summary>
    private readonly object _gate = new();

    private readonly HashSet<Connection> _serving = [];
    private bool _isReleased;

    /// <summary>True once the time for the last input is over: from now on the queues take no more frames, one after the other.</summary>
    private volatile bool _isOver;

    /// <summary>
    /// Asks the readers to serve what has arrived and nothing more, and waits until they have, at most for <paramref name="limit"/>. A reader that
    /// has not by then notes it itself (<see cref="Received"/>). <see cref="Release"/> must follow.
    /// </summary>
    public void Await(IReadOnlyList<Connection> connections, TimeSpan limit, TimeProvider time)
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
                    _isOver = true;
                    return;
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

    /// <summary>
    /// The reader of a connection has received something while the server stops, and served it, or discarded it if the connection was closing. If
    /// the time was over by then, not all members may have got it: that is noted. What is discarded for another reason than the stop is not.
    /// </summary>
    public void Received(Connection connection)
    {
        CloseReason reason = connection.Reason;
        if (reason == CloseReason.ServerStopping || (reason == CloseReason.None && _isOver))
        {
            connection.Input.NoteDropped();
        }
    }

    /// <summary>The reader of a connection serves no more input.</summary>
    public void Served(Connection connection)
    {
        connection.Input.IsServed = true; // without the gate: a stop that begins now sees it
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
