namespace ThreadedChat.ChatServer.Machine;

/// <summary>
/// The clock for everything that a peer must do in time. It advances only while the server runs: a thread ticks, and between two
/// ticks it advances by <see cref="Longest"/> at most. So a process that was stopped, a paused container or a machine that slept
/// costs a client no more than that, whatever its length. It is monotonic: setting the machine's time does not affect it.
/// </summary>
/// <remarks>On a machine so busy that the thread is not run in time it advances more slowly: then the server could not act either.</remarks>
internal sealed class ServerClock(TimeProvider time) : TimeProvider, IDisposable
{
    /// <summary>Time from one tick to the next. Each tick wakes a thread up, so it is no shorter than need be.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>The most that counts from one tick to the next.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(400);

    private readonly long _longest = (long)(Longest.TotalSeconds * time.TimestampFrequency);
    private readonly ManualResetEventSlim _stop = new(initialState: false, spinCount: 0);

    /// <summary>The last tick. One object, never changed: its two values belong together.</summary>
    private volatile Tick _last = new(Own: 0, Outer: time.GetTimestamp());

    private Thread? _thread;

    /// <inheritdoc/>
    public override long TimestampFrequency => time.TimestampFrequency;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        Tick last;
        long outer;
        do
        {
            last = _last;
            outer = time.GetTimestamp();
        }
        while (last != _last); // a thread that was delayed between the two would be behind the others

        return At(last, outer);
    }

    /// <summary>Starts the thread. Before, and after <see cref="Dispose"/>, the clock stops after a tick.</summary>
    public void Start()
    {
        _thread = new Thread(Run) { Name = "clock", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread?.Join();
        _stop.Dispose();
    }

    /// <summary>One tick. Only one thread at a time may call it.</summary>
    internal void Advance()
    {
        long outer = time.GetTimestamp();
        _last = new Tick(At(_last, outer), outer);
    }

    private long At(Tick last, long outer) => last.Own + Math.Clamp(outer - last.Outer, 0, _longest);

    private void Run()
    {
        while (!_stop.Wait(Interval))
        {
            try
            {
                Advance();
            }
            catch (OutOfMemoryException)
            {
                // The next tick counts for this one as well, within the limit.
            }
        }
    }

    /// <param name="Own">The time of this clock.</param>
    /// <param name="Outer">The time of the system's clock at the same moment.</param>
    private sealed record Tick(long Own, long Outer);
}
