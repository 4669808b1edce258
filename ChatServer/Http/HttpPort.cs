using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Http;

/// <summary>
/// Answers HTTP on an address of its own: a thread that accepts and a thread for each connection, all of them apart from the threads of
/// the chat. Bounded: a number of connections, a size and a time for each request, a time for each piece of an answer.
/// </summary>
internal sealed class HttpPort : IDisposable
{
    /// <summary>Bytes of the kernel for an answer on its way, so that a browser that does not read holds little.</summary>
    private const int SendBuffer = 64 * 1024;

    private const int StackSize = 256 * 1024;

    /// <summary>After a failure to accept, at the limit of open files for example.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the end of the threads is waited for. All their sockets are closed by then.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);

    /// <summary>How long a place may take to become free. Only the accepting thread waits.</summary>
    private static readonly TimeSpan RoomLimit = TimeSpan.FromSeconds(1);

    private readonly Socket _listener;
    private readonly Faults _faults;
    private readonly HttpLimits _limits;
    private readonly HttpGuard _guard = new(Dns.GetHostName());
    private readonly IReadOnlyDictionary<string, HttpHandler> _routes;

    /// <summary>Guards <see cref="_open"/> and <see cref="_isStopping"/>. A leaf: nothing is sent or closed while it is held.</summary>
    private readonly Lock _gate = new();

    private readonly Dictionary<HttpConnection, Thread> _open = [];
    private Thread? _thread;
    private bool _isStopping;
    private long _lastId; // the accepting thread's own

    /// <summary>Listens; answers come after <see cref="Start"/>.</summary>
    /// <param name="address">Where; port 0 is any free one.</param>
    /// <param name="routes">What answers which path.</param>
    /// <param name="faults">Catches what fails in our own code.</param>
    /// <param name="limits">The limits; the default ones if they are not given.</param>
    /// <exception cref="HttpException">The address cannot be used.</exception>
    public HttpPort(IPEndPoint address, IReadOnlyDictionary<string, HttpHandler> routes, Faults faults, HttpLimits? limits = null)
    {
        _routes = routes;
        _faults = faults;
        _limits = limits ?? HttpLimits.Default;
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(address);
            _listener.Listen();
        }
        catch (SocketException e)
        {
            _listener.Dispose();
            throw new HttpException($"Cannot listen on {address} for --http: {Explain(e)}");
        }

        Address = (IPEndPoint)_listener.LocalEndPoint!;
    }

    public IPEndPoint Address { get; }

    /// <summary>How many connections are open.</summary>
    public int ConnectionCount
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    public void Start()
    {
        _thread = new Thread(Run) { Name = "http", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Closes all connections and ends the threads.</summary>
    public void Dispose()
    {
        KeyValuePair<HttpConnection, Thread>[] open;
        lock (_gate)
        {
            _isStopping = true;
            open = [.. _open];
        }

        _listener.Dispose(); // wakes a blocked Accept
        _thread?.Join();
        foreach ((HttpConnection connection, Thread _) in open)
        {
            connection.Dispose();
        }

        foreach ((HttpConnection _, Thread thread) in open)
        {
            thread.Join(EndLimit);
        }
    }

    private static string Explain(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "it is in use already.",
        SocketError.AccessDenied => "this user has no permission (ports below 1024 are reserved).",
        SocketError.AddressNotAvailable => "it is no address of this machine.",
        _ => e.Message,
    };

    private void Run()
    {
        while (!IsStopping())
        {
            if (!_faults.Guard("accepting HTTP", AcceptOne))
            {
                Thread.Sleep(Pause);
            }
        }
    }

    private bool IsStopping()
    {
        lock (_gate)
        {
            return _isStopping;
        }
    }

    private void AcceptOne()
    {
        Socket socket;
        try
        {
            socket = _listener.Accept();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            if (!IsStopping())
            {
                Thread.Sleep(Pause);
            }

            return;
        }

        try
        {
            Serve(socket);
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException or SocketException)
        {
            socket.Dispose(); // no thread for it, or it has gone already: the chat goes on, and it may come again
        }
    }

    private void Serve(Socket socket)
    {
        socket.NoDelay = true;
        socket.SendBufferSize = SendBuffer;
        if (!MakeRoom())
        {
            socket.Dispose();
            return;
        }

        var connection = new HttpConnection(socket, _guard, _routes, _limits);
        var thread = new Thread(() => RunConnection(connection), StackSize) { Name = $"http-{++_lastId}", IsBackground = true };
        bool isOver;
        lock (_gate)
        {
            isOver = _isStopping;
            if (!isOver)
            {
                _open.Add(connection, thread);
            }
        }

        if (isOver)
        {
            connection.Dispose();
            return;
        }

        try
        {
            thread.Start();
        }
        catch
        {
            Remove(connection);
            throw;
        }
    }

    /// <summary>
    /// If there are too many connections, closes the one that has been open longest: else a few that send nothing would keep the operator out.
    /// Streams stay, and there are fewer of them than places. False if there is no place.
    /// </summary>
    private bool MakeRoom()
    {
        HttpConnection? longest;
        Thread? thread = null;
        lock (_gate)
        {
            if (_open.Count < _limits.Connections)
            {
                return true;
            }

            longest = _open.Keys.Where(one => !one.IsStream).MinBy(one => one.Start);
            thread = longest is null ? null : _open[longest];
        }

        longest?.Dispose();
        return thread?.Join(RoomLimit) == true; // its thread frees the place
    }

    private void RunConnection(HttpConnection connection)
    {
        _faults.Guard("answering HTTP", connection.Run);
        Remove(connection);
    }

    private void Remove(HttpConnection connection)
    {
        lock (_gate)
        {
            _open.Remove(connection);
        }
    }
}
