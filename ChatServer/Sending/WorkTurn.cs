using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// The turns of one client in the line of the clients that cause work for themselves alone (<see cref="WorkTurns"/>), and the share of such work
/// for which it needs none. Only the reader thread of the client takes and ends them.
/// </summary>
/// <param name="client">The waits of the client.</param>
/// <param name="line">The line.</param>
/// <param name="time">The clock of the share.</param>
/// <param name="limit">The longest wait for a turn.</param>
/// <param name="hasLeft">True once the client has left: then it does not wait.</param>
internal sealed class WorkTurn(SenderWait client, WorkTurns line, TimeProvider time, TimeSpan limit, Func<bool>? hasLeft = null) : IWorker
{
    /// <summary>How often a client that waits checks whether it has left.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Guards <see cref="_mayWork"/>. A leaf: no other lock is taken under it. A monitor, since the reader waits on it.</summary>
    private readonly object _gate = new();

    private readonly WorkShare _share = new(time);
    private bool _mayWork;

    /// <summary>When the turn began; null without one.</summary>
    private long? _since;

    /// <summary>True if the client has used up its share, so all that it causes needs a turn. May read the clock.</summary>
    public bool IsNeeded() => _share.IsUsedUp();

    /// <summary>Counts commands, or messages that nobody gets, with so many bytes of answers. True if <see cref="Take"/> must follow.</summary>
    public bool MustTake(long answered, int count = 1) => _share.Spend(answered, count) && (_since is not long since || line.IsOver(since));

    /// <summary>
    /// Waits for the turn. It lasts until <see cref="End"/> or the next wait. If it does not come in time, or the client has left, the client goes on
    /// without it.
    /// </summary>
    public void Take()
    {
        End();
        lock (_gate)
        {
            _mayWork = false;
        }

        if (line.Join(this) || Wait())
        {
            _since = line.Now;
        }
    }

    /// <summary>The turn is over, if there is one.</summary>
    public void End()
    {
        if (_since is not null)
        {
            _since = null;
            line.Leave(this);
        }
    }

    /// <inheritdoc/>
    public void GrantWork()
    {
        lock (_gate)
        {
            _mayWork = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>False if the turn does not come in time, or the client has left. Whatever happens here, the client does not stay in the line without waiting.</summary>
    private bool Wait()
    {
        bool mayWork = false;
        try
        {
            client.Begin(SenderWaitKind.Share);
            lock (_gate)
            {
                MonitorWait.Until(_gate, () => _mayWork || hasLeft?.Invoke() == true, TimeProvider.System, limit, CheckInterval);
                mayWork = _mayWork;
            }

            client.End();
            return mayWork;
        }
        finally
        {
            if (!mayWork)
            {
                line.Leave(this);
            }
        }
    }
}
