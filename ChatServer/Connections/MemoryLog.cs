using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>The lines about memory. Event ids 30 to 39.</summary>
internal static partial class MemoryLog
{
    [LoggerMessage(31, LogLevel.Warning,
        "The memory for queued frames ({Bytes} bytes, --memory) is used up ({Excess} bytes too many): new clients are rejected")]
    public static partial void MemoryUsedUp(this ILogger log, long bytes, long excess);

    [LoggerMessage(32, LogLevel.Warning, "The memory for queued frames ({Bytes} bytes, --memory) is no longer used up: new clients are accepted")]
    public static partial void MemoryFree(this ILogger log, long bytes);

    [LoggerMessage(33, LogLevel.Warning, "Connection {Id} from {Address} disconnected because memory is short: {Queued} bytes were queued for it")]
    public static partial void CutOffForMemory(this ILogger log, long id, object address, int queued);
}
