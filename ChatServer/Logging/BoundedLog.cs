using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer.Logging;

/// <summary>
/// A log that no peer can fill, at any level. Each kind of line, by event id, has a burst that is logged at once, and
/// after that a rate a second. For warnings and errors both are one. The number of suppressed lines is logged at most once a second; the last of these
/// numbers at the end. Suppressed warnings and errors are logged, within its bounds, at level debug.
/// </summary>
internal sealed class BoundedLog(ILogger log, TimeProvider time) : ILogger, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly Bound OfWarnings = new(Burst: 1, PerSecond: 1);

    /// <summary>A large class that connects at once is logged in full. 10 lines a second are at most 150 MB in a day.</summary>
    private static readonly Bound OfInformation = new(Burst: 5_000, PerSecond: 10);

    private static readonly Bound OfDebug = new(Burst: 20_000, PerSecond: 20);

    /// <summary>Guards <see cref="_kinds"/> and its contents. A leaf: nothing is logged while it is held.</summary>
    private readonly Lock _gate = new();

    private readonly Dictionary<(int Id, Bound Bound), Kind> _kinds = [];

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => log.BeginScope(state);

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!log.IsEnabled(logLevel))
        {
            return;
        }

        bool mayLog = MayLog(eventId.Id, BoundOf(logLevel), out long leftOut);
        TellLeftOut(eventId.Id, leftOut);
        if (!mayLog && logLevel >= LogLevel.Warning && log.IsEnabled(LogLevel.Debug))
        {
            logLevel = LogLevel.Debug;
            mayLog = MayLog(eventId.Id, OfDebug, out _);
        }

        if (mayLog)
        {
            log.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    /// <summary>Logs the number of suppressed lines that was not logged yet.</summary>
    public void Dispose()
    {
        KeyValuePair<(int Id, Bound Bound), Kind>[] kinds;
        lock (_gate)
        {
            kinds = [.. _kinds];
            _kinds.Clear();
        }

        foreach (((int id, Bound _), Kind kind) in kinds)
        {
            TellLeftOut(id, kind.LeftOut);
        }
    }

    private static Bound BoundOf(LogLevel level) => level switch
    {
        >= LogLevel.Warning => OfWarnings,
        LogLevel.Information => OfInformation,
        _ => OfDebug,
    };

    private bool MayLog(int id, Bound bound, out long leftOut)
    {
        leftOut = 0;
        long now = time.GetTimestamp();
        lock (_gate)
        {
            if (!_kinds.TryGetValue((id, bound), out Kind? kind))
            {
                kind = new Kind { Tokens = bound.Burst, At = now, LastTold = now };
                _kinds.Add((id, bound), kind);
            }

            kind.Tokens = Math.Min(bound.Burst, kind.Tokens + (time.GetElapsedTime(kind.At, now).TotalSeconds * bound.PerSecond));
            kind.At = now;
            if (kind.Tokens < 1)
            {
                kind.LeftOut++;
                return false;
            }

            kind.Tokens--;
            if (kind.LeftOut > 0 && time.GetElapsedTime(kind.LastTold, now) >= Interval)
            {
                leftOut = kind.LeftOut;
                kind.LeftOut = 0;
                kind.LastTold = now;
            }

            return true;
        }
    }

    private void TellLeftOut(int id, long count)
    {
        if (count > 0)
        {
            log.LeftOut(count, id);
        }
    }

    /// <summary>How many lines there may be.</summary>
    private sealed record Bound(int Burst, double PerSecond);

    /// <summary>The state of the lines with one event id.</summary>
    private sealed class Kind
    {
        public double Tokens { get; set; }

        public long At { get; set; }

        public long LastTold { get; set; }

        public long LeftOut { get; set; }
    }
}
