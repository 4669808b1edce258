using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>The lines about back-pressure (event ids 50 to 59).</summary>
internal static partial class BackPressureLog
{
    [LoggerMessage(50, LogLevel.Debug, "Connection {Id} waits for {Kind}; slow connection: {Member} (0: none)", SkipEnabledCheck = true)]
    public static partial void Paused(this ILogger log, long id, SenderWaitKind kind, long member);

    [LoggerMessage(51, LogLevel.Debug, "Connection {Id} continues: it waited for {Kind}, {Milliseconds:F1} ms", SkipEnabledCheck = true)]
    public static partial void Resumed(this ILogger log, long id, SenderWaitKind kind, double milliseconds);
}
