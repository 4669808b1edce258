using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>The lines about accepting (event ids 10 to 19) and about connections (20 to 29, without 21).</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(10, LogLevel.Warning, "Cannot accept: {Error}; next try in {Milliseconds} ms")]
    public static partial void AcceptFailed(this ILogger log, string error, double milliseconds);

    [LoggerMessage(11, LogLevel.Debug, "Connection {Id} accepted from {Address}")]
    public static partial void Accepted(this ILogger log, long id, object address);

    [LoggerMessage(12, LogLevel.Warning, "Connection {Id} from {Address} rejected: {Limit}")]
    public static partial void Rejected(this ILogger log, long id, object address, string limit);

    [LoggerMessage(20, LogLevel.Information, "Connection {Id}: the client is {Name}, from {Address}")]
    public static partial void Admitted(this ILogger log, long id, string name, object address);

    [LoggerMessage(24, LogLevel.Debug, "Connection {Id}: the client is {Name}, from {Address}")]
    public static partial void AdmittedQuietly(this ILogger log, long id, string name, object address);

    [LoggerMessage(25, LogLevel.Information, "Connection {Id} from {Address}: the name {Name} was rejected")]
    public static partial void NameRejected(this ILogger log, long id, object address, string name);

    [LoggerMessage(27, LogLevel.Information, "Connection {Id} from {Address} failed before its first frame: {What}")]
    public static partial void OpeningFailed(this ILogger log, long id, object address, string what);

    [LoggerMessage(26, LogLevel.Information, "Connection {Id} closed: {Reason}; {Name}, from {Address}")]
    public static partial void Closed(this ILogger log, long id, CloseReason reason, string name, object address);

    [LoggerMessage(22, LogLevel.Debug, "Connection {Id} closed: {Reason}; {Name}, from {Address}")]
    public static partial void ClosedQuietly(this ILogger log, long id, CloseReason reason, string name, object address);

    [LoggerMessage(23, LogLevel.Warning, "Connection {Id} closed: {Reason}; {Name}, from {Address}; {Bytes} bytes queued, nothing taken for {Milliseconds:F0} ms")]
    public static partial void ClosedAsSlowConsumer(
        this ILogger log, long id, CloseReason reason, string name, object address, int bytes, double milliseconds);
}
