namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// Notices that this process did not run for a while: it was stopped (Ctrl-Z, <c>kill -STOP</c>), it was frozen with its container,
/// or the computer slept. A signal tells of some of these alone, so once a second it looks at a clock that goes on meanwhile.
/// </summary>
internal sealed class PauseWatch : IDisposable
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A look that is late by less than this was only late: the machine is busy.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(3);

    /// <summary>What happens later than this after a pause has other reasons.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The same for a connection that the server has closed in good order: one that cuts a client off because it does not read
    /// breaks the connection off, and what it closes soon after a pause it may have closed meanwhile.
    /// </summary>
    public static readonly TimeSpan RememberedAtGoodEnd = TimeSpan.FromSeconds(5);

    // Guards all below. Only the clock is called under it.
    private readonly Lock _gate = new();
    private readonly Func<TimeSpan> _clock;
    private readonly Timer? _timer;
    private TimeSpan _lastLook;
    private TimeSpan _pause; // the latest; zero for none
    private TimeSpan _pauseEnd;

    /// <summary>Looks at the system's clock by itself.</summary>
    public PauseWatch()
        : this(CLibrary.TimeSinceBoot) => _timer = new Timer(_ => Look(), state: null, Interval, Interval);

    /// <summary>Looks at <paramref name="clock"/>, when it is told to.</summary>
    public PauseWatch(Func<TimeSpan> clock)
    {
        _clock = clock;
        _lastLook = clock();
    }

    /// <summary>Looks at the clock.</summary>
    /// <param name="isCertain">True if there was a pause, however short.</param>
    public void Look(bool isCertain = false)
    {
        lock (_gate)
        {
            Look_NeedsGate(isCertain);
        }
    }

    /// <summary>Does what stops this process. How long that took, which is a pause.</summary>
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

    /// <summary>How long the latest pause was, if it ended no longer than <paramref name="remembered"/> ago; each is told of once.</summary>
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

    private void Look_NeedsGate(bool isCertain)
    {
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
        // The end of one pause may be noticed twice: the longer one is right.
        bool isSame = _pause > TimeSpan.Zero && end - _pauseEnd < ShortestPause;
        if (!isSame || pause > _pause)
        {
            (_pause, _pauseEnd) = (pause, end);
        }
    }
}
