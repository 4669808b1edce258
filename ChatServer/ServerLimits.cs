using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Http;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer;

/// <summary>What a server may use, decided once at its start from the options and from what the machine allows.</summary>
/// <param name="Connections">The limit of clients, and what decided it.</param>
/// <param name="Unknown">How many connections may wait for their PROXY header; 0 without proxies.</param>
/// <param name="Memory">The bytes of queued frames, and what decided them.</param>
internal sealed record ServerLimits((int Connections, string Reason) Connections, int Unknown, (long Bytes, string Reason) Memory)
{
    public static ServerLimits Decide(ServerOptions options)
    {
        ServerNeeds parts = ServerNeeds.OfParts(options);
        int files = parts.Files + (options.Http is null ? 0 : HttpLimits.Default.Files);
        (int Connections, string Reason) connections = MachineLimits.Decide(options.MaxConnections, files, parts.Threads);
        int unknown = options.Listen.HasProxies ? ConnectionRegistry.UnknownOf(connections.Connections) : 0;
        if (unknown > 0)
        {
            connections = MachineLimits.Decide(options.MaxConnections, files, parts.Threads, ConnectionRegistry.ThreadsOfUnknown(unknown));
        }

        return new ServerLimits(connections, unknown, options.MemoryBytes is long bytes ? (bytes, "--memory") : MemoryBudget.Default());
    }
}
