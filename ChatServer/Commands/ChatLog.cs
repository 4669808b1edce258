using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>The lines about channels. Event id 21.</summary>
internal static partial class ChatLog
{
    /// <summary>A client has changed to a channel.</summary>
    public static void Joined(this ILogger log, string name, string channel)
    {
        if (log.IsEnabled(LogLevel.Debug))
        {
            log.JoinedChannel(LogName.Show(name), LogName.Show(channel));
        }
    }

    [LoggerMessage(21, LogLevel.Debug, "{Name} is in channel {Channel}")]
    private static partial void JoinedChannel(this ILogger log, string name, string channel);
}
