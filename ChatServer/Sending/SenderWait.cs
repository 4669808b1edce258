namespace ThreadedChat.ChatServer.Sending;

/// <summary>The two waits of a client that sends: for its turn in the line of a channel, and for its share of the deliveries.</summary>
internal sealed class SenderWait(SenderActivity activity, SendLimits limits, TimeProvider time)
{
    /// <summary>After so long a client that waits for its share checks whether it is still connected.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Guards <see cref="_hasTurn"/>. A leaf: no other lock is taken under it. A monitor, since the sender waits on it.</summary>
    private readonly object _gate = new();

    /// <summary>Only the reader thread of the client uses it, so it needs no lock.</summary>
    private readonly SenderShare _share = new(activity, limits, time);

    private bool _hasTurn;

    /// <summary>Blocks until <see cref="GrantTurn"/> is called, once for each call.</summary>
    public void WaitForTurn()
    {
        lock (_gate)
        {
            while (!_hasTurn)
            {
                Monitor.Wait(_gate);
            }

            _hasTurn = false;
        }
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
        long start = time.GetTimestamp();
        lock (_gate)
        {
            for (TimeSpan left = wait; left > TimeSpan.Zero && !isOver(); left = wait - time.GetElapsedTime(start))
            {
                Monitor.Wait(_gate, MonitorWait.Milliseconds(left < Look ? left : Look)); // no thread pulses: to check now and then is enough
            }
        }
    }
}
