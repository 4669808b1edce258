using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Nats;

namespace ThreadedChat.ChatServer;

/// <summary>Makes the part of a server that is needed if several servers form one chat.</summary>
internal static class ClusterParts
{
    /// <summary>Null without <c>--cluster</c>.</summary>
    /// <param name="options">The options of the server.</param>
    /// <param name="people">The clients of this server by name; used with <c>--extended</c>.</param>
    /// <param name="history">Stores the messages; null if they are not stored.</param>
    /// <param name="wakeWriter">Called after entries were applied.</param>
    /// <param name="closeClients">Tells all clients that the chat cannot be reached, and closes them.</param>
    /// <param name="faults">Catches and counts exceptions in the server's own code.</param>
    /// <param name="log">The log of the server.</param>
    public static ClusterChat? Make(
        ServerOptions options, People people, ChatHistory? history, Action wakeWriter, Action closeClients, Faults faults, ILogger log) =>
        options.Cluster is not ClusterTarget target ? null : new ClusterChat(
            target,
            new ClusterSettings(
                options.MaxChannels,
                options.UniqueNames || options.Extended,
                options.StrictNames,
                options.MayCreate,
                options.ChannelTtl?.TotalSeconds ?? 0,
                target.ServerTimeout.TotalSeconds,
                options.Accounts is not null,
                options.Channels),
            () => new NatsEngine(target),
            options.Extended ? people : null,
            history ?? (IRecorder)NoRecord.Instance,
            wakeWriter,
            closeClients,
            faults,
            log);
}
