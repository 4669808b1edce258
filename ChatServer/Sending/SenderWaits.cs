using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>Counts and logs the waits of all senders. A thread that is about to wait, or has waited, calls; so no delivery pays for it.</summary>
internal sealed class SenderWaits(TimeProvider time, ILogger? log = null)
{
    private static readonly int Kinds = Enum.GetValues<SenderWaitKind>().Length;

    private readonly long[] _counts = new long[Kinds];
    private readonly long[] _ticks = new long[Kinds];

    /// <summary>The waits that have ended.</summary>
    public SenderWaitTotals Totals => new(
        [.. Enumerable.Range(0, Kinds).Select(kind => Interlocked.Read(ref _counts[kind]))],
        [.. Enumerable.Range(0, Kinds).Select(kind => TimeSpan.FromTicks(Interlocked.Read(ref _ticks[kind])))]);

    /// <summary>The wait of connection <paramref name="sender"/> begins. The time that <see cref="End"/> takes.</summary>
    public long Begin(long sender, SenderWaitKind kind, long member)
    {
        if (log?.IsEnabled(LogLevel.Debug) == true)
        {
            log.Paused(sender, kind, member);
        }

        return time.GetTimestamp();
    }

    /// <summary>The wait that began at <paramref name="start"/> is over.</summary>
    public void End(long sender, SenderWaitKind kind, long start)
    {
        TimeSpan waited = Since(start);
        Interlocked.Increment(ref _counts[(int)kind]);
        Interlocked.Add(ref _ticks[(int)kind], waited.Ticks);
        if (log?.IsEnabled(LogLevel.Debug) == true)
        {
            log.Resumed(sender, kind, waited.TotalMilliseconds);
        }
    }

    /// <summary>How long ago that was.</summary>
    public TimeSpan Since(long start) => time.GetElapsedTime(start);
}
