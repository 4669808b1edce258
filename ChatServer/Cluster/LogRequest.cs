using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>A command of this server, and the wait for its result.</summary>
internal sealed class LogRequest(LogCommand command, SubmittedBytes? share = null)
{
    /// <summary>Guards <see cref="_isDone"/>. A leaf: no other lock is taken under it. A monitor, since a thread waits on it.</summary>
    private readonly object _gate = new();

    private LogResult _result;
    private bool _isDone;

    public LogCommand Command => command;

    /// <summary>Waits until it was applied, or until it is certain that this server will not see it; then the outcome is <see cref="CommandOutcome.Unknown"/>.</summary>
    public LogResult Await()
    {
        lock (_gate)
        {
            while (!_isDone)
            {
                Monitor.Wait(_gate);
            }

            return _result;
        }
    }

    /// <summary>Waits at most for <paramref name="limit"/>. False if it is not done by then.</summary>
    public bool IsDoneWithin(TimeSpan limit)
    {
        lock (_gate)
        {
            return MonitorWait.Until(_gate, () => _isDone, TimeProvider.System, limit);
        }
    }

    /// <summary>Wakes the threads that wait.</summary>
    public void Complete(LogResult result)
    {
        lock (_gate)
        {
            _result = result;
            _isDone = true;
            Monitor.PulseAll(_gate);
        }

        share?.Release(command.Frames.Length);
    }
}
