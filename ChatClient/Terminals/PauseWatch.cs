using System.Diagnostics;
using System.Runtime.Versioning;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// Detects that this process did not run for a while: it was stopped (Ctrl-Z, <c>kill -STOP</c>), its container was frozen, or the
/// computer slept. Signals report only some of these, so it reads, once a second, a clock that continues in the meantime.
/// </summary>
internal sealed class PauseWatch : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A shorter delay between two readings means only that the machine is busy.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(3);

    /// <summary>An event that is later than this after a pause has another cause.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The limit for a graceful close. A server aborts the connection of a slow consumer, so a graceful close
    /// has another cause unless it comes soon after the pause.
    /// </summary>
    public static readonly TimeSpan RememberedAtGoodEnd = TimeSpan.FromSeconds(5);

    // Guards all below. Only the clock is called under it.
    private readonly Lock _gate = new();
    private readonly Func<TimeSpan> _clock;
    private readonly Timer? _timer;
    private TimeSpan _lastLook;
    private TimeSpan _pause; // the latest; zero for none
    private TimeSpan _pauseEnd;

    /// <summary>Reads the system's clock by itself.</summary>
    public PauseWatch()
        : this(OperatingSystem.IsWindows() ? TimeSinceBootOfWindows : TerminalCalls.TimeSinceBoot) => _timer = new Timer(_ => Look(), state: null, Interval, Interval);

    /// <summary>Reads <paramref name="clock"/> only in <see cref="Look"/>, for tests.</summary>
    public PauseWatch(Func<TimeSpan> clock)
    {
        _clock = clock;
        _lastLook = clock();
    }

    /// <summary>Compares the clock with the last reading.</summary>
    /// <param name="isCertain">True if there was a pause, however short.</param>
    public void Look(bool isCertain = false)
    {
        lock (_gate)
        {
            Look_NeedsGate(isCertain);
        }
    }

    /// <summary>Runs an action that stops this process, and returns its duration, which is noted as a pause.</summary>
    public TimeSpan Measure(Action stop)
    {
        TimeSpan before = _clock();
        stop();
        TimeSpan after = _clock();
        lock (_gate)
        {
            Note_NeedsGate(after - before, after);
            _lastLook = after;
        }

        return after - before;
    }

    /// <summary>The length of the latest pause, if it ended at most <paramref name="remembered"/> ago. Returns each pause once.</summary>
    public TimeSpan? Take(TimeSpan remembered)
    {
        lock (_gate)
        {
            Look_NeedsGate(isCertain: false);
            bool isRecent = _pause > TimeSpan.Zero && _lastLook - _pauseEnd <= remembered;
            TimeSpan pause = _pause;
            _pause = TimeSpan.Zero;
            return isRecent ? pause : null;
        }
    }

    public void Dispose() => _timer?.Dispose();

    [SupportedOSPlatform("windows")]
    private static TimeSpan TimeSinceBootOfWindows() => TimeSpan.FromMilliseconds(ConsoleCalls.TimeSinceBoot());

    private void Look_NeedsGate(bool isCertain)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The gate guards the last reading.");
        TimeSpan now = _clock();
        TimeSpan gap = now - _lastLook;
        if (isCertain || gap >= ShortestPause)
        {
            Note_NeedsGate(gap, now);
        }

        _lastLook = now;
    }

    private void Note_NeedsGate(TimeSpan pause, TimeSpan end)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The gate guards the latest pause.");
        // The end of one pause may be noticed twice. The longer value is right.
        bool isSame = _pause > TimeSpan.Zero && end - _pauseEnd < ShortestPause;
        if (!isSame || pause > _pause)
        {
            (_pause, _pauseEnd) = (pause, end);
        }
    }
}
