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

    /// <summary>Whether the latest wait is over: then a missing frame may only be late.</summary>
    public bool HasRunOut => _latest is { IsOver: true };

    /// <summary>The time that is left; negative once it is over.</summary>
    public TimeSpan Left => _limit - Stopwatch.GetElapsedTime(_start);

    /// <summary>Starts the time of the case: the preparation does not count.</summary>
    public void Restart() => _start = Stopwatch.GetTimestamp();

    /// <summary>The end of a wait that begins now: after <paramref name="limit"/>, or when the case's time is over.</summary>
    public Wait Within(TimeSpan limit)
    {
        TimeSpan left = Left;
        var wait = new Wait(limit < left ? limit : left);
        _latest = wait;
        return wait;
    }

    /// <summary>The end of a wait for a start, which has a limit of its own.</summary>
    public Wait ForStart(TimeSpan limit)
    {
        var wait = new Wait(limit);
        _latest = wait;
        return wait;
    }

    /// <summary>One wait with its end.</summary>
    internal readonly struct Wait(TimeSpan limit)
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        /// <summary>The remaining time; never negative.</summary>
        public TimeSpan Left
        {
            get
            {
                TimeSpan left = limit - Stopwatch.GetElapsedTime(_start);
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }

        /// <summary>Whether it is over.</summary>
        public bool IsOver => Left == TimeSpan.Zero;
    }
}
