using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer;

/// <summary>
/// A log that no peer can fill. Of each kind of warning or error, by event id, one line is logged at once and from then on
/// at most one a second, with the number of those left out in between; the last of these numbers comes at the end. Those
/// left out are there for who asks for lines of level debug. What is less severe is passed on as it is.
/// </summary>
internal sealed class BoundedLog(ILogger log, TimeProvider time) : ILogger, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Guards <see cref="_kinds"/> and what is in it. A leaf: nothing is logged while it is held.</summary>
    private readonly Lock _gate = new();

    private readonly Dictionary<int, Kind> _kinds = [];

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => log.BeginScope(state);

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning)
        {
            if (MayLog(eventId.Id, out long leftOut))
            {
                TellLeftOut(eventId.Id, leftOut);
            }
            else
            {
                logLevel = LogLevel.Debug;
            }
        }

        log.Log(logLevel, eventId, state, exception, formatter);
    }

    /// <summary>Tells what was left out and not told yet.</summary>
    public void Dispose()
    {
        KeyValuePair<int, Kind>[] kinds;
        lock (_gate)
        {
            kinds = [.. _kinds];
            _kinds.Clear();
        }

        foreach ((int id, Kind kind) in kinds)
        {
            TellLeftOut(id, kind.LeftOut);
        }
    }

    private bool MayLog(int id, out long leftOut)
    {
        leftOut = 0;
        long now = time.GetTimestamp();
        lock (_gate)
        {
            if (!_kinds.TryGetValue(id, out Kind? kind))
            {
                _kinds.Add(id, new Kind { LastLine = now });
                return true;
            }

            if (time.GetElapsedTime(kind.LastLine, now) < Interval)
            {
                kind.LeftOut++;
                return false;
            }

            leftOut = kind.LeftOut;
            kind.LeftOut = 0;
            kind.LastLine = now;
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

    /// <summary>What there is to remember of the lines with one event id.</summary>
    private sealed class Kind
    {
        public long LastLine { get; set; }

        public long LeftOut { get; set; }
    }
}
