using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// The waits of a client that sends: for its turn in the line of a channel, for its share of the deliveries, and for its turn to work for
/// itself alone. Only the reader thread of the client waits.
/// </summary>
internal sealed class SenderWait(ISendTarget client, Writer writer, SendLimits limits, TimeProvider time) : IWorker
{
    /// <summary>The most that a client waits for its turn to work: a client whose command itself waits keeps its turn.</summary>
    internal static readonly TimeSpan LongestWorkWait = TimeSpan.FromSeconds(1);

    /// <summary>How often a client that waits for its share, or for its turn to work, checks whether it is still connected.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>A client that reads its answers slowly is looked at less often: there may be thousands.</summary>
    private static readonly TimeSpan LongInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>The first time after which a client checks whether it has read its answers: mostly it has, soon.</summary>
    private static readonly TimeSpan FirstCheck = TimeSpan.FromMilliseconds(1);

    /// <summary>Guards <see cref="_hasTurn"/> and <see cref="_mayWork"/>. A leaf: no other lock is taken under it. A monitor, since the sender waits on it.</summary>
    private readonly object _gate = new();

    /// <summary>Only the reader thread of the client uses it, so it needs no lock.</summary>
    private readonly SenderShare _share = new(writer.Senders, limits, time);

    /// <summary>Only the reader thread of the client uses it, so it needs no lock.</summary>
    private readonly WorkShare _work = new(time);

    private bool _hasTurn;
    private bool _mayWork;

    /// <summary>When the turn to work began; null without one. The reader thread's.</summary>
    private long? _worksSince;

    /// <summary>The wait that is under way; null if there is none. The reader thread of the client writes, any thread reads.</summary>
    private volatile Wait? _wait;

    /// <summary>What the client waits for at this moment.</summary>
    public SenderWaitNow Now => _wait is Wait wait
        ? new SenderWaitNow(wait.Kind, writer.Waits.Since(wait.Start), wait.Member)
        : default;

    /// <summary>The client is about to wait; it has no turn to work meanwhile. <see cref="End"/> must follow.</summary>
    /// <param name="kind">What it waits for.</param>
    /// <param name="member">The number of the connection that it waits for; 0 where it is not one.</param>
    public void Begin(SenderWaitKind kind, long member = 0)
    {
        EndWork();
        _wait = new Wait(kind, writer.Waits.Begin(client.Id, kind, member), member);
    }

    /// <summary>The client goes on.</summary>
    public void End()
    {
        if (_wait is Wait wait)
        {
            _wait = null;
            writer.Waits.End(client.Id, wait.Kind, wait.Start);
        }
    }

    /// <summary>Blocks until <see cref="GrantTurn"/> is called, once for each call.</summary>
    public void WaitForTurn()
    {
        Begin(SenderWaitKind.Turn);
        lock (_gate)
        {
            while (!_hasTurn)
            {
                Monitor.Wait(_gate);
            }

            _hasTurn = false;
        }

        End();
    }

    /// <summary>Lets the sender continue from <see cref="WaitForTurn"/>.</summary>
    public void GrantTurn()
    {
        lock (_gate)
        {
            _hasTurn = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Counts a command with so many bytes of answers. True if <see cref="TakeWorkTurn"/> must follow.</summary>
    public bool MustTakeWorkTurn(long answered) => _work.Spend(answered) && (_worksSince is not long since || writer.Work.IsOver(since));

    /// <summary>
    /// Waits for the turn to work, or until <paramref name="isOver"/>: then the client has none. It lasts until <see cref="EndWork"/> or the next wait.
    /// </summary>
    public void TakeWorkTurn(Func<bool>? isOver = null)
    {
        EndWork();
        lock (_gate)
        {
            _mayWork = false;
        }

        if (writer.Work.Join(this) || WaitForWork(isOver))
        {
            _worksSince = writer.Work.Now;
        }
    }

    /// <summary>The turn to work is over, if there is one.</summary>
    public void EndWork()
    {
        if (_worksSince is not null)
        {
            _worksSince = null;
            writer.Work.Leave(this);
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

    /// <summary>Waits until <paramref name="isDone"/>.</summary>
    public void WaitUntilRead(Func<bool> isDone) => Watch(TimeSpan.MaxValue, isDone, FirstCheck, LongInterval);

    /// <summary>Counts bytes of deliveries. Returns how long to wait before more are caused.</summary>
    public TimeSpan Spend(long bytes) => _share.Spend(bytes);

    /// <summary>Waits for <paramref name="wait"/>, or until <paramref name="isOver"/>.</summary>
    public void Pause(TimeSpan wait, Func<bool> isOver) => Watch(wait, isOver, CheckInterval, CheckInterval);

    /// <summary>Waits for <paramref name="wait"/>, or until a condition holds. It is checked after <paramref name="interval"/>, and then less and less often, up to <paramref name="longest"/>.</summary>
    private void Watch(TimeSpan wait, Func<bool> isDone, TimeSpan interval, TimeSpan longest)
    {
        Begin(SenderWaitKind.Share);
        long start = time.GetTimestamp();
        lock (_gate)
        {
            for (TimeSpan left = wait; left > TimeSpan.Zero && !isDone(); left = wait - time.GetElapsedTime(start))
            {
                Monitor.Wait(_gate, MonitorWait.Milliseconds(left < interval ? left : interval)); // no thread pulses: to check now and then is enough
                interval = interval < longest / 2 ? interval * 2 : longest;
            }
        }

        End();
    }

    /// <summary>False if the turn does not come in time, or the client has left. Whatever happens here, the client does not stay in the line without waiting.</summary>
    private bool WaitForWork(Func<bool>? isOver)
    {
        bool mayWork = false;
        try
        {
            Begin(SenderWaitKind.Share);
            lock (_gate)
            {
                MonitorWait.Until(_gate, () => _mayWork || isOver?.Invoke() == true, TimeProvider.System, LongestWorkWait, CheckInterval);
                mayWork = _mayWork;
            }

            End();
            return mayWork;
        }
        finally
        {
            if (!mayWork)
            {
                writer.Work.Leave(this);
            }
        }
    }

    private sealed record Wait(SenderWaitKind Kind, long Start, long Member);
}
