using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>A log that keeps what must not happen: the faults of our own code.</summary>
internal sealed class FaultLog : ILogger
{
    private readonly ConcurrentQueue<string> _faults = [];

    /// <summary>Everything logged as an error so far.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string line = formatter(state, exception); // also if it is not kept: a line that cannot be formatted is a fault
        if (logLevel >= LogLevel.Error)
        {
            _faults.Enqueue($"{line} {exception}");
        }
    }
}
