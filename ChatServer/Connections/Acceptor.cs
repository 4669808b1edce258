using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>The thread that accepts connections and hands them on. It continues after any failure until it is stopped.</summary>
/// <param name="listener">Listens already. The acceptor closes it.</param>
/// <param name="admit">Takes over each accepted socket. If it throws, the acceptor closes the socket.</param>
/// <param name="faults">Catches and counts exceptions in the server's own code.</param>
/// <param name="log">Gets the failures to accept.</param>
/// <param name="isShared">
/// True if another process has the socket too. Closing it under a thread that waits in it would shut it down for both: so the thread asks
/// now and then whether it is to end, and the socket is only closed.
/// </param>
/// <param name="files">Null for those of the process.</param>
internal sealed class Acceptor(
    Socket listener, Action<Socket> admit, Faults faults, ILogger log, bool isShared = false, FreeFiles? files = null) : IDisposable
{
    /// <summary>How long a stop may wait for the thread of a shared socket.</summary>
    private static readonly TimeSpan SharedWait = TimeSpan.FromMilliseconds(200);

    /// <summary>After an error (at the limit of open files, for example), accepting at once would fail again and use a whole processor.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly FreeFiles _files = files ?? FreeFiles.OfThisProcess;
    private readonly ManualResetEventSlim _stop = new();
    private TimeSpan _pause = ShortestPause; // the accepting thread's own
    private Socket? _waiting; // the same: accepted, but it is one of the last files
    private Thread? _thread;

    public void Start()
    {
        _thread = new Thread(Run) { Name = "accept", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Stops accepting and closes the listener. When it returns, no further connection appears.</summary>
    public void Dispose()
    {
        _stop.Set();
        if (isShared)
        {
            _thread?.Join();
        }

        listener.Dispose(); // wakes a blocked Accept
        _thread?.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        try
        {
            AcceptAll();
        }
        finally
        {
            _waiting?.Dispose();
        }
    }

    private void AcceptAll()
    {
        bool isAccepted = false;
        Action acceptOne = () => isAccepted = AcceptOne(); // made once: there may be no memory for it later
        while (!_stop.IsSet)
        {
            isAccepted = false;
            if (faults.Guard("accepting", acceptOne) && isAccepted)
            {
                _pause = ShortestPause;
            }
            else
            {
                _stop.Wait(_pause);
                _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>Waits for a connection and hands it on. False if none could be accepted.</summary>
    private bool AcceptOne()
    {
        Socket? socket;
        try
        {
            while (isShared && _waiting is null && !listener.Poll(SharedWait, SelectMode.SelectRead))
            {
                if (_stop.IsSet)
                {
                    return false;
                }
            }

            socket = TakeOne();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OutOfMemoryException)
        {
            // No more files, or a peer that left before it was accepted, or the listener was closed for the stop.
            if (!_stop.IsSet)
            {
                log.AcceptFailed(e.Message, _pause.TotalMilliseconds);
            }

            return false;
        }

        if (socket is null)
        {
            if (!_stop.IsSet)
            {
                log.AcceptFailed("the last files are kept for the rest of the server", _pause.TotalMilliseconds);
            }

            return false;
        }

        bool isTakenOver = false;
        try
        {
            admit(socket);
            isTakenOver = true;
        }
        finally
        {
            if (!isTakenOver)
            {
                socket.Dispose(); // no other code closes it
            }
        }

        return true;
    }

    /// <summary>The next connection. Null if it is one of the last files: then it waits here until there are more.</summary>
    private Socket? TakeOne()
    {
        if (_waiting is null)
        {
            Socket next = listener.Accept();
            if (_files.MayKeep(next))
            {
                return next;
            }

            _waiting = next;
        }

        if (!_files.AreLeft())
        {
            return null;
        }

        Socket socket = _waiting;
        _waiting = null;
        return socket;
    }
}
