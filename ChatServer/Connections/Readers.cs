using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>Starts a reader thread for each connection.</summary>
internal sealed class Readers(
    Dispatcher dispatcher,
    IEntrance entrance,
    Writer writer,
    ConnectionRegistry registry,
    RejectedConnections rejected,
    PeerTimeouts timeouts,
    Opening opening,
    Faults faults,
    ClientLog clientLog)
{
    /// <summary>Bytes of stack for a reader thread. Enough for formatting an exception with its trace, which 64 KiB is not.</summary>
    private const int StackSize = 256 * 1024;

    /// <exception cref="OutOfMemoryException">The machine has no more threads, or no memory for one.</exception>
    /// <exception cref="ThreadStartException">The same.</exception>
    public void Start(Connection connection)
    {
        var reader = new Reader(connection, dispatcher, entrance, writer, registry, rejected, timeouts, opening, faults, clientLog);
        new Thread(reader.Run, StackSize) { Name = $"reader-{connection.Id}", IsBackground = true }.Start();
    }
}
