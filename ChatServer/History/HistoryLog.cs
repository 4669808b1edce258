using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer.History;

/// <summary>The lines about the history. Event ids 40 to 49.</summary>
internal static partial class HistoryLog
{
    [LoggerMessage(40, LogLevel.Warning, "Cannot write the history: {Reason}. The server tries again")]
    public static partial void HistoryNotWritten(this ILogger log, string reason);

    [LoggerMessage(41, LogLevel.Information, "The history is written again")]
    public static partial void HistoryWrittenAgain(this ILogger log);

    [LoggerMessage(42, LogLevel.Warning, "The queue to the disk was full: {Count} messages are not in the history")]
    public static partial void HistoryHasGap(this ILogger log, int count);

    [LoggerMessage(43, LogLevel.Warning, "A write to the history has taken {Seconds} s so far")]
    public static partial void HistoryStandsStill(this ILogger log, long seconds);

    [LoggerMessage(44, LogLevel.Warning, "The history cannot be read: {Reason}")]
    public static partial void HistoryNotRead(this ILogger log, string reason);

    [LoggerMessage(45, LogLevel.Error, "The last {Count} messages are not in the history: {Reason}")]
    public static partial void HistoryLacksEnd(this ILogger log, int count, string reason);

    [LoggerMessage(46, LogLevel.Debug, "The history in {File} has {Channels} channels")]
    public static partial void HistoryOpened(this ILogger log, string file, int channels);
}
