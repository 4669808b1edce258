using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Commands;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// The thread that accepts: a reader thread for each connection, and never a word with a client itself. Whatever fails,
/// the loop goes on until it is stopped.
/// </summary>
internal sealed class Acceptor(
    Socket listener,
    Dispatcher dispatcher,
    Writer writer,
    ConnectionRegistry registry,
    Refusals refusals,
    ServerOptions options,
    TimeProvider time,
    ILogger log) : IDisposable
{
    /// <summary>Bytes of stack for a reader thread. Enough for formatting an exception with its trace, which 64 KiB is not.</summary>
    private const int ReaderStackSize = 256 * 1024;

    /// <summary>After an error, say at the limit of open files, accepting at once would only spin.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _stop = new();
    private Thread? _thread;
    private long _lastId;

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        TcpSettings.Apply(listener, options.SendBufferBytes);
        _thread = new Thread(Run) { Name = "accept", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Stops accepting and closes the listener. When it returns, no further connection appears.</summary>
    public void Dispose()
    {
        _stop.Set();
        listener.Dispose(); // wakes a blocked Accept
        _thread?.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        TimeSpan pause = ShortestPause;
        while (!_stop.IsSet)
        {
            try
            {
                Welcome(listener.Accept());
                pause = ShortestPause;
            }
#pragma warning disable CA1031 // Out of files, out of memory, a peer gone before it was accepted: nothing ends this loop but Dispose.
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (!_stop.IsSet)
                {
                    log.AcceptFailed(e.Message, pause.TotalMilliseconds);
                    _stop.Wait(pause);
                    pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                }
            }
        }
    }

    private void Welcome(Socket socket)
    {
        var connection = new Connection(++_lastId, socket, writer, options.SendLimits, time);
        if (!registry.TryAdd(connection))
        {
            log.Refused(connection.Id, connection.Address);
            refusals.Refuse(connection);
            return;
        }

        log.Accepted(connection.Id, connection.Address);
        StartReader(connection);
    }

    private void StartReader(Connection connection)
    {
        var reader = new Reader(connection, dispatcher, writer, registry, options, log);
        try
        {
            new Thread(reader.Run, ReaderStackSize) { Name = $"reader-{connection.Id}", IsBackground = true }.Start();
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            // The machine has no more threads to give: that is this client's loss only.
            log.NoThread(connection.Id, e.Message);
            registry.Remove(connection);
            refusals.Refuse(connection);
        }
    }
}
