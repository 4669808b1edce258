using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>A log that keeps its lines.</summary>
internal sealed class LineLog : ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    /// <summary>Lines below this level are discarded.</summary>
    public LogLevel Least { get; init; } = LogLevel.Trace;

    /// <summary>What happens before a line is kept.</summary>
    public Action<string> OnLine { get; set; } = _ => { };

    /// <summary>The lines since the last call.</summary>
    public string[] Take()
    {
        var lines = new List<string>();
        while (_lines.TryDequeue(out string? line))
        {
            lines.Add(line);
        }

        return [.. lines];
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= Least;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        string line = formatter(state, exception);
        OnLine(line);
        _lines.Enqueue(line);
    }
}
