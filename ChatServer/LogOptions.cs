using System.CommandLine;
using Microsoft.Extensions.Logging;
using static ThreadedChat.ChatServer.OptionForms;

namespace ThreadedChat.ChatServer;

/// <summary>The options of the log and the trace.</summary>
internal static class LogOptions
{
    public static readonly Option<LogLevel> Level = OneOf(
        "--log-level", "Least severe lines to log", new ServerOptions().LogLevel);

    public static readonly Option<LogFormat> Format = OneOf(
        "--log-format", "The format of log lines", new ServerOptions().LogFormat);

    public static readonly Option<bool> Trace = Flag(
        "--trace", "Show each receive, each send and each frame, on standard error");

    public static readonly Option<string?> TraceFile = new("--trace-file")
    {
        Description = "Write the trace to FILE instead; an old file is overwritten",
        HelpName = "FILE",
    };

    /// <summary><paramref name="options"/> with the values of these options.</summary>
    public static ServerOptions Apply(ServerOptions options, ParseResult result) => options with
    {
        LogLevel = result.GetValue(Level),
        LogFormat = result.GetValue(Format),
        Trace = result.GetValue(Trace) || result.GetValue(TraceFile) is not null,
        TraceFile = result.GetValue(TraceFile),
    };
}
