using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// Keeps the server within its <see cref="MemoryBudget"/>: above it new connections are rejected, and a quarter above it the
/// connections with the longest queues are aborted. Both are logged. The deadline sweeper calls it.
/// </summary>
internal sealed class MemoryWatch(ConnectionRegistry registry, MemoryBudget memory, Faults faults, ILogger log)
{
    /// <summary>One part in so many of the budget may be in use in addition before a connection is aborted.</summary>
    private const int Slack = 4;

    /// <summary>Checks that are skipped after one that collected garbage.</summary>
    private const int Rest = 4;

    private bool _isOver;
    private int _rest;

    /// <summary>Checks the memory and acts on it. Costs next to nothing while the sum is within the budget.</summary>
    public void Look()
    {
        if (_rest > 0)
        {
            _rest--;
            return;
        }

        long excess = memory.Excess(out bool isCollected);
        _rest = isCollected ? Rest : 0;
        if (excess > 0 != _isOver)
        {
            _isOver = excess > 0;
            registry.Bar(_isOver ? $"the memory for queued frames, {memory.Limit} bytes, is used up (--memory)" : null);
            Tell(excess);
        }

        if (excess > memory.Limit / Slack)
        {
            CutOffLargest(excess - (memory.Limit / Slack));
        }
    }

    private void Tell(long excess)
    {
        if (_isOver)
        {
            log.MemoryUsedUp(memory.Limit, excess);
        }
        else
        {
            log.MemoryFree(memory.Limit);
        }
    }

    private void CutOffLargest(long bytes)
    {
        var connections = new List<Connection>();
        registry.CopyTo(connections);
        // The lengths are read once: while they are sorted, the queues change.
        (int Queued, Connection Connection)[] largest =
            [.. connections.Select(connection => (connection.Outbox.QueuedBytes, connection)).OrderByDescending(one => one.QueuedBytes)];
        foreach ((int queued, Connection connection) in largest)
        {
            if (bytes <= 0 || queued == 0)
            {
                return;
            }

            bytes -= queued;
            log.CutOffForMemory(connection.Id, connection.Address, queued);
            faults.Guard($"disconnecting connection {connection.Id}", () => connection.Abort(CloseReason.MemoryUsedUp));
        }
    }
}
