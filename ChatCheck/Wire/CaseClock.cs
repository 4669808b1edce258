using System.Diagnostics;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>The time one case has. Every wait in it asks here, so none of them can hang.</summary>
/// <param name="timeouts">The limits of single waits.</param>
/// <param name="limit">The time for all of them together; null is <see cref="Timeouts.Case"/>.</param>
internal sealed class CaseClock(Timeouts timeouts, TimeSpan? limit = null)
{
    private readonly TimeSpan _limit = limit ?? timeouts.Case;
    private long _start = Stopwatch.GetTimestamp();
    private Wait? _latest;

    /// <summary>The limits of single waits.</summary>
    public Timeouts Timeouts { get; } = timeouts;

    /// <summary>
    /// Begins to watch the program under test; the result tells at each call whether that program has done all that it will do by itself. Null if it
    /// cannot be watched.
    /// </summary>
    public Func<Func<bool>>? WatchProgram { get; set; }

    /// <summary>The time for something that must come, if the program is seen to have nothing to do then; else <see cref="Timeouts.Reply"/>.</summary>
    public TimeSpan Answer => WatchProgram is null ? Timeouts.Reply : Timeouts.Brief ?? Timeouts.Reply;

    /// <summary>Whether the wait that was used last is over: then a missing frame may only be late.</summary>
    public bool HasRunOut => _latest is { HasEnded: true };

    /// <summary>Whether any wait has ended before its time, because the program had nothing to do.</summary>
    public bool WasCutShort { get; private set; }

    /// <summary>The time that is left; negative once it is over.</summary>
    public TimeSpan Left => _limit - Stopwatch.GetElapsedTime(_start);

    /// <summary>Starts the time of the case: the preparation does not count.</summary>
    public void Restart() => _start = Stopwatch.GetTimestamp();

    /// <summary>The end of a wait that begins now: after <paramref name="limit"/>, or when the case's time is over.</summary>
    public Wait Within(TimeSpan limit) => Begin(limit, limit);

    /// <summary>The end of a wait for something that must come, so that the case fails without it.</summary>
    /// <param name="more">Time in addition to that of an answer.</param>
    public Wait ForAnswer(TimeSpan more = default) => Begin(Answer + more, Timeouts.Reply + more);

    /// <summary>The end of a wait for the rest of a message, so that the case fails without it.</summary>
    public Wait ForRest() => Begin(Least(Answer / 2, Timeouts.Rest), Timeouts.Rest);

    /// <summary>
    /// The end of a wait for what the case does not need, such as what still comes after it has failed: the program has nothing to do then. It does not show that
    /// anything was late.
    /// </summary>
    public Wait ForMore() => new(Timeouts.Idle, Timeouts.Rest, WatchProgram);

    /// <summary>The end of a wait for a start, which has a limit of its own.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="least">The time after which the wait ends as soon as the program has nothing to do; null is the limit.</param>
    public Wait ForStart(TimeSpan limit, TimeSpan? least = null) => _latest = new Wait(least ?? limit, limit, WatchProgram, Note);

    private Wait Begin(TimeSpan least, TimeSpan most)
    {
        TimeSpan left = Left;
        return _latest = new Wait(Least(least, left), Least(most, left), WatchProgram, Note);
    }

    /// <summary>A wait is used: one that lives through several others may be the one that ends.</summary>
    private void Note(Wait wait)
    {
        _latest = wait;
        WasCutShort |= wait.IsCutShort;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>One wait with its end.</summary>
    /// <param name="least">The time that it takes at least.</param>
    /// <param name="most">The time after which it ends in any case; in between it ends once the program has done all that it will do.</param>
    /// <param name="watchProgram">As <see cref="CaseClock.WatchProgram"/>.</param>
    /// <param name="note">Is told of each use.</param>
    internal sealed class Wait(TimeSpan least, TimeSpan most, Func<Func<bool>>? watchProgram, Action<Wait>? note = null)
    {
        /// <summary>Between two looks at the program.</summary>
        public static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(20);

        private readonly long _start = Stopwatch.GetTimestamp();
        private TimeSpan _nextLook = least;
        private Func<bool>? _isIdle;

        /// <summary>A wait with a fixed end.</summary>
        public Wait(TimeSpan limit)
            : this(limit, limit, watchProgram: null)
        {
        }

        /// <summary>The time until the next look at the program, or until the end; never negative, and zero once the wait is over.</summary>
        public TimeSpan Left
        {
            get
            {
                TimeSpan spent = Spent;
                if (!IsCutShort && spent >= _nextLook && spent < most)
                {
                    IsCutShort = IsProgramIdle(); // it stays over, also if the program has something to do again
                    spent = Spent;
                    _nextLook = spent + LookPause;
                }

                note?.Invoke(this);
                return IsCutShort || spent >= most ? TimeSpan.Zero : Least(_nextLook, most) - spent;
            }
        }

        /// <summary>Whether it is over, after a look at the program if one is due.</summary>
        public bool IsOver => Left == TimeSpan.Zero;

        /// <summary>Whether it was over when it was used last, or its time is over.</summary>
        public bool HasEnded => IsCutShort || Spent >= most;

        /// <summary>Whether it has ended before its time, because the program had nothing to do.</summary>
        public bool IsCutShort { get; private set; }

        private TimeSpan Spent => Stopwatch.GetElapsedTime(_start);

        /// <summary>Tries until that succeeds or the wait is over. Each try is told how long it may take, and should take so long if it fails.</summary>
        public bool Until(Func<TimeSpan, bool> attempt)
        {
            while (true)
            {
                TimeSpan left = Left;
                if (attempt(left))
                {
                    return true;
                }

                if (left == TimeSpan.Zero)
                {
                    return false;
                }
            }
        }

        private bool IsProgramIdle()
        {
            _isIdle ??= watchProgram?.Invoke();
            return _isIdle?.Invoke() ?? false;
        }
    }
}
