using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>The lines about accounts and moderation. Event ids 84 to 89.</summary>
internal static partial class ModerationLog
{
    [LoggerMessage(84, LogLevel.Warning, "Cannot write the {What}: {Error}")]
    public static partial void FileFailed(this ILogger log, string what, string error);

    [LoggerMessage(85, LogLevel.Information, "{By}: {Action} {Target}: {Outcome}")]
    public static partial void Acted(this ILogger log, string by, string action, string target, string outcome);

    [LoggerMessage(86, LogLevel.Warning, "Connection {Id} from {Address}: a wrong token for the name {Name}")]
    public static partial void WrongToken(this ILogger log, long id, object address, string name);

    [LoggerMessage(87, LogLevel.Debug, "Control socket: {Path}")]
    public static partial void ControlOpened(this ILogger log, string path);
}
