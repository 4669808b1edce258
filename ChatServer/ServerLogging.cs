using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.Common.Streams;

namespace ThreadedChat.ChatServer;

/// <summary>The logger of the process. It writes to standard error, on a thread of its own.</summary>
internal static class ServerLogging
{
    public static ILoggerFactory Create(LevelSwitch level, LogFormat format) => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(LogLevel.Trace);
        builder.AddFilter(level.Allows);
        builder.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite; // a log that nobody reads must not stop the server
        });
        if (format == LogFormat.Json)
        {
            builder.AddJsonConsole(json => json.TimestampFormat = "O");
        }
        else
        {
            builder.AddSimpleConsole(simple =>
            {
                simple.SingleLine = true;
                simple.ColorBehavior = StandardStreams.Error.ShowsColours ? LoggerColorBehavior.Enabled : LoggerColorBehavior.Disabled;
                simple.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffzzz ";
            });
        }
    });
}
