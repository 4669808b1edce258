using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common.Tracing;

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
    RejectedConnections rejected,
    ArrivalRate arrivals,
    ServerOptions options,
    TimeProvider time,
    Faults faults,
    ILogger log,
    TraceWriter? trace) : IDisposable
{
    /// <summary>Bytes of stack for a reader thread. Enough for formatting an exception with its trace, which 64 KiB is not.</summary>
    private const int ReaderStackSize = 256 * 1024;

    /// <summary>After an error, say at the limit of open files, accepting at once would only spin.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _stop = new();
    private readonly ClientLog _clientLog = new(log, TimeProvider.System);
    private Thread? _thread;
    private long _lastId;

    /// <summary>How many connections got a reader. Exact once the thread has stopped.</summary>
    public long Served => _lastId - Refused;

    /// <summary>How many were refused. Exact once the thread has stopped.</summary>
    public long Refused { get; private set; }

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        TcpSettings.Apply(listener, options);
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
        bool accepted = false;
        Action acceptOne = () => accepted = AcceptOne(pause); // made once: there may be no memory for it later
        while (!_stop.IsSet)
        {
            accepted = false;
            if (faults.Guard("accepting", acceptOne) && accepted)
            {
                pause = ShortestPause;
            }
            else
            {
                _stop.Wait(pause);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>Waits for a connection and sees to it. False where none could be accepted.</summary>
    private bool AcceptOne(TimeSpan pause)
    {
        Socket socket;
        try
        {
            socket = listener.Accept();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OutOfMemoryException)
        {
            // Out of files, say, or a peer gone before it was accepted; or the listener was closed, to stop.
            if (!_stop.IsSet)
            {
                log.AcceptFailed(e.Message, pause.TotalMilliseconds);
            }

            return false;
        }

        // Who connects and breaks off in a loop must not cost a thread each time, or those who wait behind it wait long.
        if (trace is null && SocketCalls.IsOver(socket))
        {
            socket.Dispose();
            return true;
        }

        Connection? connection = null;
        try
        {
            connection = new Connection(_lastId + 1, socket, writer, options.SendLimits, time, trace);
            _lastId++;
        }
        finally
        {
            if (connection is null)
            {
                socket.Dispose(); // no memory: nobody else would close it
            }
        }

        Welcome(connection);
        return true;
    }

    private void Welcome(Connection connection)
    {
        bool isInGoodHands = false;
        try
        {
            Rejection? rejection = new(IsServerFull: false, "too many in a short time (--address-rate)");
            if (!arrivals.Allows(connection.Address) || !registry.TryAdd(connection, out rejection))
            {
                Reject(connection, rejection!);
            }
            else
            {
                log.Accepted(connection.Id, connection.Address);
                StartReader(connection);
            }

            isInGoodHands = true;
        }
        finally
        {
            if (!isInGoodHands)
            {
                registry.Remove(connection);
                connection.Dispose();
            }
        }
    }

    private void StartReader(Connection connection)
    {
        var reader = new Reader(connection, dispatcher, writer, registry, options, faults, _clientLog);
        try
        {
            new Thread(reader.Run, ReaderStackSize) { Name = $"reader-{connection.Id}", IsBackground = true }.Start();
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            // The machine has no more threads to give: that is this client's loss only.
            registry.Remove(connection);
            Reject(connection, new Rejection(IsServerFull: true, $"no thread to be had ({e.Message})"));
        }
    }

    private void Reject(Connection connection, Rejection rejection)
    {
        Refused++;
        log.Refused(connection.Id, connection.Address, rejection.Why);
        rejected.Reject(connection, rejection.IsServerFull);
    }
}
