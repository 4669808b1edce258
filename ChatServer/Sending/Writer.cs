using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// The one thread that sends. Readers append to queues and schedule them here; the writer goes round the scheduled
/// queues and gives each one send at a time. While it is in a system call for one client, frames for the others collect
/// and then go out together: batches come from appending and sending on different threads.
/// </summary>
/// <remarks>It takes no lock but the queues' own gates, and never waits for one client.</remarks>
internal sealed class Writer(Faults faults, MemoryBudget? memory = null, ILogger? log = null, WorkTurns? work = null) : IDisposable
{
    /// <summary>Bytes gathered for one send. A socket with free buffer space takes this many without blocking.</summary>
    private const int GatherSize = 16 * 1024;

    /// <summary>How often the writer yields before it sleeps: a wake-up costs more than a few yields.</summary>
    private const int YieldsBeforeSleep = 8;

    /// <summary>If a client took nothing, the writer tries again after this time, in milliseconds. The time doubles after each such try.</summary>
    private const int ShortestRetry = 1;
    private const int LongestRetry = 64;

    /// <summary>What the writer sleeps on. An event costs a third of what waiting on a monitor does.</summary>
    private readonly AutoResetEvent _wakeUp = new(false);

    private readonly byte[] _gather = new byte[GatherSize];

    /// <summary>The queues whose clients took nothing, by the time of the next try.</summary>
    private readonly PriorityQueue<SendQueue, long> _blocked = new();

    private Thread? _thread;

    /// <summary>The scheduled queues: any thread pushes, the writer takes all at once.</summary>
    private readonly QueueList _scheduled = new();

    /// <summary>The queues that still get their turn in this round. A field, so that a fault costs one queue its turn and not all.</summary>
    private readonly QueueList _turns = new();

    private volatile bool _asleep;
    private volatile bool _stopping;

    /// <summary>The budget for what its queues hold.</summary>
    public MemoryBudget Memory { get; } = memory ?? MemoryBudget.Unlimited();

    /// <summary>The clients that have sent lately, and the deliveries that they caused.</summary>
    public SenderActivity Senders { get; } = new();

    /// <summary>The turns of clients that cause work for themselves alone.</summary>
    public WorkTurns Work { get; } = work ?? WorkTurns.OfThisMachine();

    /// <summary>Counts the waits of all senders.</summary>
    public SenderWaits Waits { get; } = new(TimeProvider.System, log);

    /// <summary>What it has sent.</summary>
    public WriterCounts Counts { get; } = new();

    /// <summary>Measures how long messages take from their receive to their send.</summary>
    public DelaySampler Delays { get; } = new();

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        _thread = new Thread(Run) { Name = "writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>
    /// Puts a queue that has something to send, and is not there yet, on the list. Takes no lock and does not wake the
    /// writer: a thread that schedules calls <see cref="Wake"/> once it has appended everything.
    /// </summary>
    public void Schedule(SendQueue queue) => _scheduled.Push(queue);

    /// <summary>Makes sure that the writer sees the scheduled queues. One call is enough for any number of queues.</summary>
    public void Wake()
    {
        if (_asleep && Interlocked.Exchange(ref _asleep, false))
        {
            _wakeUp.Set();
        }
    }

    /// <summary>Stops the thread. Frames that are still queued are not sent.</summary>
    public void Dispose()
    {
        _stopping = true;
        _wakeUp.Set();
        _thread?.Join();
        _wakeUp.Dispose();
    }

    /// <summary>One round: a turn for each queue that is scheduled, and for the blocked ones when it is time.</summary>
    internal void Round()
    {
        Counts.Round();
        if (_turns.IsEmpty)
        {
            _scheduled.MoveTo(_turns);
        }

        while (_turns.Take() is SendQueue queue)
        {
            GiveTurn(queue); // it was taken off first: after its turn the queue may be on the other list again
        }

        // This loop handles only queues that were due when it began: one that is blocked again is due later.
        long now = Environment.TickCount64;
        Delays.Offer(now);
        while (_blocked.TryPeek(out SendQueue? blocked, out long due) && due <= now)
        {
            _blocked.Dequeue();
            GiveTurn(blocked);
        }
    }

    /// <summary>A turn for each blocked queue, due or not: for tests, whose virtual clock does not move the times of the tries.</summary>
    internal void Retry()
    {
        SendQueue[] queues = [.. _blocked.UnorderedItems.Select(blocked => blocked.Element)];
        _blocked.Clear();
        Array.ForEach(queues, GiveTurn);
    }

    private void Run()
    {
        Action round = Round; // made once: there may be no memory for it later
        while (!_stopping)
        {
            if (faults.Guard("sending to the clients", round))
            {
                Sleep();
            }
            else
            {
                Thread.Sleep(LongestRetry); // a fault that repeats must not use a whole processor
            }
        }
    }

    private void GiveTurn(SendQueue queue)
    {
        try
        {
            TurnResult result = queue.TakeTurn(_gather);
            if (result == TurnResult.Blocked)
            {
                queue.RetryDelay = Math.Clamp(queue.RetryDelay * 2, ShortestRetry, LongestRetry);
                _blocked.Enqueue(queue, Environment.TickCount64 + queue.RetryDelay);
                return;
            }

            queue.RetryDelay = 0;
            if (result == TurnResult.More)
            {
                Schedule(queue);
            }
        }
#pragma warning disable CA1031 // A fault in one connection ends that connection; the writer serves all clients and must go on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            faults.Caught(fault, "sending to a client; the server closes its connection");
            queue.Abort(CloseReason.Fault);
        }
    }

    /// <summary>
    /// Waits until something is scheduled or a retry is due. The order matters: first <see cref="_asleep"/> is set, then the
    /// list is read; <see cref="Schedule"/> and <see cref="Wake"/> do it the other way round. So either the writer sees
    /// the queue, or the other thread sees that the writer is asleep.
    /// </summary>
    private void Sleep()
    {
        for (int i = 0; i < YieldsBeforeSleep; i++)
        {
            if (!_scheduled.IsEmpty)
            {
                return;
            }

            Thread.Yield();
        }

        Interlocked.Exchange(ref _asleep, true);
        if (_scheduled.IsEmpty && !_stopping)
        {
            _wakeUp.WaitOne(UntilRetry());
        }

        _asleep = false;
    }

    /// <summary>Milliseconds; infinite if no client is blocked.</summary>
    private int UntilRetry() =>
        _blocked.TryPeek(out _, out long due) ? (int)Math.Max(1, due - Environment.TickCount64) : Timeout.Infinite;
}
