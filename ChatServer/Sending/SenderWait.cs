namespace ThreadedChat.ChatServer.Sending;

/// <summary>The two waits of a client that sends: for its turn in the line of a channel, and for its share of the deliveries.</summary>
internal sealed class SenderWait(ISendTarget client, SenderActivity activity, SenderWaits waits, SendLimits limits, TimeProvider time)
{
    /// <summary>After so long a client that waits for its share checks whether it is still connected.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Guards <see cref="_hasTurn"/>. A leaf: no other lock is taken under it. A monitor, since the sender waits on it.</summary>
    private readonly object _gate = new();

    /// <summary>Only the reader thread of the client uses it, so it needs no lock.</summary>
    private readonly SenderShare _share = new(activity, limits, time);

    private bool _hasTurn;

    /// <summary>The wait that is under way; null if there is none. The reader thread of the client writes, any thread reads.</summary>
    private volatile Wait? _wait;

    /// <summary>What the client waits for at this moment.</summary>
    public SenderWaitNow Now => _wait is Wait wait
        ? new SenderWaitNow(wait.Kind, waits.Since(wait.Start), wait.Member)
        : default;

    /// <summary>The client is about to wait. <see cref="End"/> must follow.</summary>
    /// <param name="kind">What it waits for.</param>
    /// <param name="member">The number of the connection that it waits for; 0 where it is not one.</param>
    public void Begin(SenderWaitKind kind, long member = 0) => _wait = new Wait(kind, waits.Begin(client.Id, kind, member), member);

    /// <summary>The client goes on.</summary>
    public void End()
    {
        if (_wait is Wait wait)
        {
            _wait = null;
            waits.End(client.Id, wait.Kind, wait.Start);
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

    /// <summary>Counts bytes of deliveries. Returns how long to wait before more are caused.</summary>
    public TimeSpan Spend(long bytes) => _share.Spend(bytes);

    /// <summary>Waits for so long, or until <paramref name="isOver"/>.</summary>
    public void Pause(TimeSpan wait, Func<bool> isOver)
    {
        Begin(SenderWaitKind.Share);
        long start = time.GetTimestamp();
        lock (_gate)
        {
            for (TimeSpan left = wait; left > TimeSpan.Zero && !isOver(); left = wait - time.GetElapsedTime(start))
            {
                Monitor.Wait(_gate, MonitorWait.Milliseconds(left < Look ? left : Look)); // no thread pulses: to check now and then is enough
            }
        }

        End();
    }

    private sealed record Wait(SenderWaitKind Kind, long Start, long Member);
}
