using System.Net;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// Keeps the server within its <see cref="MemoryBudget"/>: above it new connections are rejected, and a quarter above it, or
/// above it for some seconds, connections with long queues whose peers do not take them are aborted. Both are logged. The deadline
/// sweeper calls it.
/// </summary>
/// <remarks>
/// A connection is never aborted for the memory that others use: not with a queue so short that it is not counted, and not while its peer takes
/// what it is sent, or 64 KiB a second of it. What waits for such peers is bounded by the soft limit, which shrinks.
/// </remarks>
/// <param name="registry">The connections.</param>
/// <param name="memory">The budget.</param>
/// <param name="faults">Catches and counts exceptions in the server's own code.</param>
/// <param name="log">Gets a line for each change and each aborted connection.</param>
/// <param name="showAddress">Shows an address in the log; null shows all of it.</param>
internal sealed class MemoryWatch(
    ConnectionRegistry registry, MemoryBudget memory, Faults faults, ILogger log, Func<IPAddress, object>? showAddress = null)
{
    /// <summary>The part of the budget (one in this many) that may be in use in addition before a connection is aborted.</summary>
    private const int Slack = 4;

    /// <summary>A peer that is behind by so much does not read, if it has not shown before that it does: see <see cref="PeerIntake.Lag"/>.</summary>
    internal static readonly TimeSpan ShortLag = TimeSpan.FromMilliseconds(250);

    /// <summary>The same for any other peer: longer than the kernel of a peer that reads 100 KB a second takes nothing (docs/decisions/0011).</summary>
    internal static readonly TimeSpan LongLag = TimeSpan.FromSeconds(6);

    /// <summary>Checks that are skipped after one that collected garbage.</summary>
    private const int Rest = 4;

    /// <summary>
    /// Checks above the budget, one after the other, after which no slack is left: about five seconds. Otherwise peers that do not read, and
    /// use up the slack and no more, would keep all new clients out for as long as they want.
    /// </summary>
    internal const int MostChecksAbove = 5;

    private int _checksAbove;
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
        bool isAbove = excess > 0;
        if (isAbove != _checksAbove > 0)
        {
            registry.Bar(isAbove ? $"the memory for queued frames, {memory.Limit} bytes, is used up (--memory)" : null);
            Tell(excess);
        }

        _checksAbove = isAbove ? Math.Min(_checksAbove + 1, MostChecksAbove) : 0;
        long tooMuch = excess - (_checksAbove < MostChecksAbove ? memory.Limit / Slack : 0);
        if (tooMuch > 0)
        {
            CutOffSlow(tooMuch);
        }
    }

    private void Tell(long excess)
    {
        if (excess > 0)
        {
            log.MemoryUsedUp(memory.Limit, excess);
        }
        else
        {
            log.MemoryFree(memory.Limit);
        }
    }

    /// <summary>First the peers that have never shown that they read. Among equals the one for which most bytes have waited longest.</summary>
    private void CutOffSlow(long bytes)
    {
        var connections = new List<Connection>();
        registry.CopyTo(connections);
        // The lengths and times are read once: while they are sorted, the queues change.
        IOrderedEnumerable<Victim> victims = connections
            .Select(connection => new Victim(
                connection, connection.Outbox.QueuedBytes, connection.Outbox.Lag ?? TimeSpan.Zero, connection.Outbox.HasReadMuch))
            .Where(one => one.Queued > QueueMemory.Step && one.Lag >= (one.HasRead ? LongLag : ShortLag))
            .ToArray()
            .OrderBy(one => one.HasRead)
            .ThenByDescending(one => one.Queued * one.Lag.TotalSeconds);
        foreach ((Connection connection, int queued, _, _) in victims)
        {
            if (bytes <= 0)
            {
                return;
            }

            bytes -= queued + memory.KernelBytes;
            log.CutOffForMemory(connection.Id, showAddress?.Invoke(connection.Address) ?? connection.Address, queued);
            faults.Guard($"disconnecting connection {connection.Id}", () => connection.Abort(CloseReason.MemoryUsedUp));
        }
    }

    private readonly record struct Victim(Connection Connection, int Queued, TimeSpan Lag, bool HasRead);
}
