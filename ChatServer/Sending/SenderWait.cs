using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// The waits of a client that sends: for its turn in the line of a channel, for its share of the deliveries, and for its turn to work for
/// itself alone (<see cref="WorkTurn"/>). Only the reader thread of the client waits.
/// </summary>
internal sealed class SenderWait
{
    /// <summary>The most that a client waits for its turn to work, if a turn lasts too long.</summary>
    internal static readonly TimeSpan LongestWorkWait = TimeSpan.FromSeconds(1);

    /// <summary>How often a client that waits for its share checks whether it is still connected.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>A client that reads its answers slowly is looked at less often: there may be thousands.</summary>
    private static readonly TimeSpan LongInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>The first time after which a client checks whether it has read its answers: mostly it has, soon.</summary>
    private static readonly TimeSpan FirstCheck = TimeSpan.FromMilliseconds(1);

    private readonly ISendTarget _client;
    private readonly Writer _writer;
    private readonly TimeProvider _time;

    /// <summary>Guards <see cref="_hasTurn"/>. A leaf: no other lock is taken under it. A monitor, since the sender waits on it.</summary>
    private readonly object _gate = new();

    /// <summary>Only the reader thread of the client uses it, so it needs no lock.</summary>
    private readonly SenderShare _share;

    private bool _hasTurn;

    /// <summary>The wait that is under way; null if there is none. The reader thread of the client writes, any thread reads.</summary>
    private volatile Wait? _wait;

    /// <param name="client">The client.</param>
    /// <param name="writer">Sends to it.</param>
    /// <param name="limits">Its share of the deliveries.</param>
    /// <param name="time">The clock.</param>
    /// <param name="hasLeft">See <see cref="WorkTurn"/>.</param>
    public SenderWait(ISendTarget client, Writer writer, SendLimits limits, TimeProvider time, Func<bool>? hasLeft = null)
    {
        _client = client;
        _writer = writer;
        _time = time;
        _share = new SenderShare(writer.Senders, limits, time);
        Work = new WorkTurn(this, writer.Work, time, LongestWorkWait, hasLeft);
    }

    /// <summary>The turns of the client to work for itself alone.</summary>
    public WorkTurn Work { get; }

    /// <summary>What the client waits for at this moment.</summary>
    public SenderWaitNow Now => _wait is Wait wait
        ? new SenderWaitNow(wait.Kind, _writer.Waits.Since(wait.Start), wait.Member)
        : default;

    /// <summary>The client is about to wait; it has no turn to work meanwhile. <see cref="End"/> must follow.</summary>
    /// <param name="kind">What it waits for.</param>
    /// <param name="member">The number of the connection that it waits for; 0 where it is not one.</param>
    public void Begin(SenderWaitKind kind, long member = 0)
    {
        Work.End();
        _wait = new Wait(kind, _writer.Waits.Begin(_client.Id, kind, member), member);
    }

    /// <summary>The client goes on.</summary>
    public void End()
    {
        if (_wait is Wait wait)
        {
            _wait = null;
            _writer.Waits.End(_client.Id, wait.Kind, wait.Start);
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
        long start = _time.GetTimestamp();
        lock (_gate)
        {
            for (TimeSpan left = wait; left > TimeSpan.Zero && !isDone(); left = wait - _time.GetElapsedTime(start))
            {
                Monitor.Wait(_gate, MonitorWait.Milliseconds(left < interval ? left : interval)); // no thread pulses: to check now and then is enough
                interval = interval < longest / 2 ? interval * 2 : longest;
            }
        }

        End();
    }

    private sealed record Wait(SenderWaitKind Kind, long Start, long Member);
}
