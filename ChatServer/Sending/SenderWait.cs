namespace ThreadedChat.ChatServer.Sending;

/// <summary>What a client waits for as a sender: its turn in the line of a channel, and its share of the deliveries.</summary>
internal sealed class SenderWait(SenderActivity activity, SendLimits limits, TimeProvider time)
{
    /// <summary>After so long a client that waits for its share looks whether it is still there.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Guards <see cref="_hasTurn"/>. A leaf. A monitor, since the sender waits here.</summary>
    private readonly object _gate = new();

    /// <summary>Its own reader thread's; needs no lock.</summary>
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

    /// <summary>Lets the sender go on from <see cref="WaitForTurn"/>.</summary>
    public void GrantTurn()
    {
        lock (_gate)
        {
            _hasTurn = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Notes so many bytes of deliveries: how long to wait before more are caused.</summary>
    public TimeSpan Spend(long bytes) => _share.Spend(bytes);

    /// <summary>Waits for so long, or until <paramref name="isOver"/>.</summary>
    public void Pause(TimeSpan wait, Func<bool> isOver)
    {
        long start = time.GetTimestamp();
        lock (_gate)
        {
            for (TimeSpan left = wait; left > TimeSpan.Zero && !isOver(); left = wait - time.GetElapsedTime(start))
            {
                Monitor.Wait(_gate, MonitorWait.Milliseconds(left < Look ? left : Look)); // nobody pulses: a look now and then is enough
            }
        }
    }
}
