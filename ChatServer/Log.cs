using System.Net;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Connections;

namespace ThreadedChat.ChatServer;

/// <summary>
/// Every line the server logs. Event ids by range: 1-9 the server, 10-19 accepting, 20-29 connections, 90-99 faults of ours.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information,
        "Listening on port {Port} of every interface ({Addresses}), for at most {Connections} clients ({Limit}) "
        + "and at most {Bytes} bytes of memory for what waits to be sent to them ({MemoryLimit}). "
        + "To join: ./run.sh client NAME {Host} {Port}")]
    public static partial void Started(
        this ILogger log, int port, string addresses, int connections, string limit, long bytes, string memoryLimit, string host);

    [LoggerMessage(2, LogLevel.Information,
        "Stopped: {Connections} connections closed, {CutOff} of them cut off. "
        + "In all {Served} clients served, {Refused} refused, {Faults} faults")]
    public static partial void Stopped(this ILogger log, int connections, int cutOff, long served, long refused, long faults);

    [LoggerMessage(3, LogLevel.Debug,
        "Garbage collections: {Gen0} of generation 0, {Gen1} of 1, {Gen2} of 2; {Milliseconds:F1} ms of pauses in all")]
    public static partial void GarbageCollections(this ILogger log, int gen0, int gen1, int gen2, double milliseconds);

    [LoggerMessage(4, LogLevel.Warning, "{Count} more lines with the event id {EventId} were left out")]
    public static partial void LeftOut(this ILogger log, long count, int eventId);

    [LoggerMessage(5, LogLevel.Information, "SIGHUP: {What}")]
    public static partial void HungUp(this ILogger log, string what);

    [LoggerMessage(10, LogLevel.Warning, "Cannot accept: {Error}; next try in {Milliseconds} ms")]
    public static partial void AcceptFailed(this ILogger log, string error, double milliseconds);

    [LoggerMessage(11, LogLevel.Debug, "Connection {Id} from {Address}")]
    public static partial void Accepted(this ILogger log, long id, IPAddress address);

    [LoggerMessage(12, LogLevel.Warning, "Connection {Id} from {Address} refused: {Limit}")]
    public static partial void Refused(this ILogger log, long id, IPAddress address, string limit);

    [LoggerMessage(20, LogLevel.Information, "Connection {Id} is {Name}, from {Address}")]
    public static partial void Came(this ILogger log, long id, string name, IPAddress address);

    [LoggerMessage(24, LogLevel.Debug, "Connection {Id} is {Name}, from {Address}")]
    public static partial void CameQuietly(this ILogger log, long id, string name, IPAddress address);

    [LoggerMessage(25, LogLevel.Information, "Connection {Id} from {Address}: the name {Name} was refused")]
    public static partial void NameRefused(this ILogger log, long id, IPAddress address, string name);

    /// <summary>Somebody has changed to a channel.</summary>
    public static void Joined(this ILogger log, string name, string channel)
    {
        if (log.IsEnabled(LogLevel.Debug))
        {
            log.JoinedChannel(LogName.Show(name), LogName.Show(channel));
        }
    }

    [LoggerMessage(26, LogLevel.Information, "Connection {Id} closed: {Reason}; {Name}, from {Address}")]
    public static partial void Went(this ILogger log, long id, CloseReason reason, string name, IPAddress address);

    [LoggerMessage(22, LogLevel.Debug, "Connection {Id} closed: {Reason}; {Name}, from {Address}")]
    public static partial void WentQuietly(this ILogger log, long id, CloseReason reason, string name, IPAddress address);

    [LoggerMessage(23, LogLevel.Warning, "Connection {Id} closed: {Reason}; {Name}, from {Address}")]
    public static partial void WentAsSlowConsumer(this ILogger log, long id, CloseReason reason, string name, IPAddress address);

    [LoggerMessage(21, LogLevel.Debug, "{Name} is in channel {Channel}")]
    private static partial void JoinedChannel(this ILogger log, string name, string channel);

    [LoggerMessage(90, LogLevel.Error, "Fault while {Doing}")]
    public static partial void Fault(this ILogger log, Exception fault, string doing);
}
