using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>The lines about the cluster (event ids 60 to 79).</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(60, LogLevel.Information, "Cluster {Name}: this server is {Incarnation:x}, at position {Position} of the log; {Servers} servers, {Channels} channels")]
    public static partial void ClusterJoined(this ILogger log, string name, long incarnation, long position, int servers, int channels);

    [LoggerMessage(61, LogLevel.Information, "Cluster: server {Incarnation:x} has joined")]
    public static partial void ServerCame(this ILogger log, long incarnation);

    [LoggerMessage(62, LogLevel.Information, "Cluster: server {Incarnation:x} has stopped")]
    public static partial void ServerStopped(this ILogger log, long incarnation);

    [LoggerMessage(63, LogLevel.Warning, "Cluster: server {Incarnation:x} was removed; its clients have left")]
    public static partial void ServerGone(this ILogger log, long incarnation);

    [LoggerMessage(64, LogLevel.Warning, "Cluster: the engine cannot be reached ({Why}). Clients stay connected and wait; nothing that they have sent is lost")]
    public static partial void EngineUnreachable(this ILogger log, string why);

    [LoggerMessage(65, LogLevel.Information, "Cluster: the engine can be reached again after {Milliseconds} ms")]
    public static partial void EngineReachable(this ILogger log, long milliseconds);

    [LoggerMessage(66, LogLevel.Warning, "Cluster: {Why}. All clients are told that the chat cannot be reached, and the server starts again as a new member")]
    public static partial void ClusterLost(this ILogger log, string why);

    [LoggerMessage(67, LogLevel.Debug, "Cluster: cannot add to the log: {Error}")]
    public static partial void AppendFailed(this ILogger log, string error);

    [LoggerMessage(68, LogLevel.Debug, "Cluster: {Count} entries are added again")]
    public static partial void SentAgain(this ILogger log, int count);

    [LoggerMessage(69, LogLevel.Debug, "Cluster: reading the log again: {Why}")]
    public static partial void FollowsAgain(this ILogger log, string why);

    [LoggerMessage(70, LogLevel.Debug, "Cluster: a snapshot of {Bytes} bytes at position {Position}")]
    public static partial void SnapshotStored(this ILogger log, int bytes, long position);

    [LoggerMessage(71, LogLevel.Warning, "Cluster: no snapshot could be stored: {Error}")]
    public static partial void SnapshotFailed(this ILogger log, string error);

    [LoggerMessage(72, LogLevel.Warning, "Cluster: cannot join the chat: {Error}; the server tries again")]
    public static partial void JoinFailed(this ILogger log, string error);

    [LoggerMessage(73, LogLevel.Debug, "Cluster: position {Position}, {Delay} ms from adding to applying, {Resent} entries added again, {Void} entries ignored, {Servers} servers")]
    public static partial void ClusterState(this ILogger log, long position, long delay, long resent, long @void, int servers);

    [LoggerMessage(74, LogLevel.Warning, "Cluster: server {Incarnation:x} has been silent for too long")]
    public static partial void ServerSilent(this ILogger log, long incarnation);

    [LoggerMessage(75, LogLevel.Warning, "Cluster: the saved state is of another log, and is not used")]
    public static partial void SnapshotIgnored(this ILogger log);

    [LoggerMessage(76, LogLevel.Debug, "Cluster: reading the log again: after position {Position} came {Next}")]
    public static partial void PositionMissing(this ILogger log, long position, long next);

    [LoggerMessage(77, LogLevel.Warning, "Cluster: another server uses version {Version} of the log, this one uses version {Own}. Their clients do not see each other. Stop all servers, and start them with the same program")]
    public static partial void OtherVersion(this ILogger log, byte version, byte own);
}
