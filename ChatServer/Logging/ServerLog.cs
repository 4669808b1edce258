using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer.Logging;

/// <summary>The lines about the server as a whole (event ids 1 to 9 and 80 to 83) and about faults (90 to 99).</summary>
internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Information,
        "Listening on port {Port} of every interface ({Addresses}), for at most {Connections} clients ({Limit}) "
        + "and at most {Bytes} bytes of memory for frames to them ({MemoryLimit}). "
        + "To join: {Client} NAME {Host} {Port}{Options}")]
    public static partial void Started(
        this ILogger log,
        int port,
        string addresses,
        int connections,
        string limit,
        long bytes,
        string memoryLimit,
        string client,
        string host,
        string options);

    [LoggerMessage(2, LogLevel.Information,
        "Stopped: {Connections} connections closed, {Aborted} of them aborted. "
        + "In total {Served} clients served, {Rejected} rejected, {Faults} faults")]
    public static partial void Stopped(this ILogger log, int connections, int aborted, long served, long rejected, long faults);

    [LoggerMessage(3, LogLevel.Debug,
        "Garbage collections: {Gen0} of generation 0, {Gen1} of 1, {Gen2} of 2; {Milliseconds:F1} ms of pauses in all")]
    public static partial void GarbageCollections(this ILogger log, int gen0, int gen1, int gen2, double milliseconds);

    [LoggerMessage(4, LogLevel.Warning, "{Count} more lines with the event id {EventId} were left out")]
    public static partial void LeftOut(this ILogger log, long count, int eventId);

    [LoggerMessage(5, LogLevel.Information, "SIGHUP: {What}")]
    public static partial void HungUp(this ILogger log, string what);

    [LoggerMessage(6, LogLevel.Information, "Live page: http://{Address}/; for machines: /metrics, /healthz, /readyz")]
    public static partial void HttpStarted(this ILogger log, object address);

    [LoggerMessage(7, LogLevel.Information,
        "Counts: {Connections} connections, {Channels} channels; {Accepted} accepted, {Rejected} rejected, {Closed} closed; "
        + "{Received} frames received, {Delivered} delivered; {Queued} bytes queued, {Largest} in the longest queue, {Congested} queues congested, "
        + "{Waiting} senders waiting; {Faults} faults")]
    public static partial void Counts(
        this ILogger log, long connections, long channels, long accepted, long rejected, long closed, long received, long delivered,
        long queued, long largest, long congested, long waiting, long faults);

    [LoggerMessage(8, LogLevel.Information, "Listening on {Where}{Protocol}")]
    public static partial void ListeningOn(this ILogger log, string where, string protocol);

    [LoggerMessage(9, LogLevel.Information, "There may be at most {Connections} clients ({Limit}) "
        + "and at most {Bytes} bytes of memory for frames to them ({MemoryLimit})")]
    public static partial void Limited(this ILogger log, int connections, string limit, long bytes, string memoryLimit);

    [LoggerMessage(80, LogLevel.Information, "The certificate of the server: {Certificate}")]
    public static partial void HasCertificate(this ILogger log, string certificate);

    [LoggerMessage(90, LogLevel.Error, "Fault while {Doing}")]
    public static partial void Fault(this ILogger log, Exception fault, string doing);
}
