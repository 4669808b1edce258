using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Http;

/// <summary>
/// Answers HTTP on an address of its own, with threads apart from those of the chat: one that accepts connections and receives their
/// requests without waiting for any of them, and one for each answer. Bounded: a number of requests that have not arrived as a whole, a number
/// of answers of each kind (<see cref="HttpPlaces{T}"/>), a size and a time for each request, a time for each piece of an answer.
/// </summary>
internal sealed class HttpPort : IDisposable
{
    /// <summary>Bytes of the kernel's send buffer. Small, so that a browser that does not read holds little memory.</summary>
    private const int SendBuffer = 64 * 1024;

    /// <summary>The pause after a failure to accept, at the limit of open files for example.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait for input. A listener that is closed ends it too, on most systems.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly Socket _listener;
    private readonly Faults _faults;
    private readonly HttpLimits _limits;
    private readonly HttpRouter _router;
    private readonly HttpAnswers _answers;

    /// <summary>Guards <see cref="_heads"/>. A leaf: nothing is sent or closed while it is held.</summary>
    private readonly Lock _gate = new();

    private readonly HttpPlaces<HttpHead> _heads;
    private Thread? _thread;
    private volatile bool _isStopping;

    /// <summary>Listens; answers come after <see cref="Start"/>.</summary>
    /// <param name="address">Where; port 0 is any free one.</param>
    /// <param name="routes">What answers which path.</param>
    /// <param name="faults">Catches and counts exceptions in the server's own code.</param>
    /// <param name="limits">The limits; the default ones if they are not given.</param>
    /// <exception cref="HttpException">The address cannot be used.</exception>
    public HttpPort(IPEndPoint address, IReadOnlyDictionary<string, HttpRoute> routes, Faults faults, HttpLimits? limits = null)
    {
        _faults = faults;
        _limits = limits ?? HttpLimits.Default;
        _router = new HttpRouter(routes, new HttpGuard(Dns.GetHostName()));
        _answers = new HttpAnswers(_limits, faults);
        _heads = new HttpPlaces<HttpHead>(_limits.Heads);
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
    public int ConnectionCount => Heads().Length + _answers.Count;

    public void Start()
    {
        _thread = new Thread(Run) { Name = "http", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Closes all connections and ends the threads.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _listener.Dispose(); // ends a wait for input
        _thread?.Join();
        Array.ForEach(Heads(), Close);
        _answers.Dispose();
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
        while (!_isStopping)
        {
            if (!_faults.Guard("serving HTTP", Round))
            {
                Thread.Sleep(Pause);
            }
        }
    }

    private HttpHead[] Heads()
    {
        lock (_gate)
        {
            return [.. _heads.Holders];
        }
    }

    /// <summary>Waits for a connection, or for a part of a request, and handles it.</summary>
    private void Round()
    {
        HttpHead[] heads = Heads();
        List<Socket> ready = [_listener, .. heads.Select(head => head.Socket)];
        try
        {
            Socket.Select(ready, null, null, heads.Length == 0 ? LongestWait : LeftOf(heads[0])); // the oldest is first
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            PauseUnlessStopping();
            return;
        }

        foreach (HttpHead head in heads)
        {
            bool isServed = ready.Contains(head.Socket) && TryServe(head);
            if (!isServed && LeftOf(head) <= TimeSpan.Zero)
            {
                Remove(head);
                AnswerAtOnce(head.Socket, 408, HttpReply.NoRequest);
            }
        }

        if (ready.Contains(_listener))
        {
            AcceptOne();
        }
    }

    private TimeSpan LeftOf(HttpHead head)
    {
        TimeSpan left = _limits.Request - Stopwatch.GetElapsedTime(head.Start);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestWait ? left : LongestWait;
    }

    private void AcceptOne()
    {
        Socket socket;
        try
        {
            socket = _listener.Accept();
            if (!FreeFiles.OfThisProcess.MayKeep(socket))
            {
                socket.Dispose();
                PauseUnlessStopping();
                return;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            PauseUnlessStopping();
            return;
        }

        try
        {
            socket.NoDelay = true;
            socket.SendBufferSize = SendBuffer;
            Begin(new HttpHead(socket));
        }
        catch (Exception e) when (e is SocketException or OutOfMemoryException)
        {
            socket.Dispose(); // it has gone already, or there is no memory for it
        }
    }

    private void PauseUnlessStopping()
    {
        if (!_isStopping)
        {
            Thread.Sleep(Pause);
        }
    }

    /// <summary>Mostly the request is there already. If not, the connection gets a place among those that are waited for.</summary>
    private void Begin(HttpHead head)
    {
        if (head.Receive())
        {
            Serve(head);
            return;
        }

        HttpHead? leaving;
        lock (_gate)
        {
            if (_heads.MayAdd(head.Address, out leaving))
            {
                _heads.Add(head, head.Address);
            }
        }

        if (leaving is not null)
        {
            Close(leaving);
        }
    }

    private bool TryServe(HttpHead head)
    {
        if (!head.Receive())
        {
            return false;
        }

        Remove(head);
        Serve(head);
        return true;
    }

    private void Remove(HttpHead head)
    {
        lock (_gate)
        {
            _heads.Remove(head);
        }
    }

    private void Close(HttpHead head)
    {
        Remove(head);
        head.Dispose();
    }

    /// <summary>Has a request that has arrived answered.</summary>
    private void Serve(HttpHead head)
    {
        if (head.IsGone)
        {
            AnswerAtOnce(head.Socket, 400, HttpReply.NoRequest);
            return;
        }

        (HttpKind kind, Action<HttpReply> answer) = head.Request is HttpRequest request
            ? _router.Find(request)
            : HttpRouter.Line(head.Status, HttpReply.NoRequest);
        if (!_answers.TryStart(head.Socket, head.Address, kind, answer))
        {
            AnswerAtOnce(head.Socket, 503, "Too many pages are open.");
        }
    }

    /// <summary>Answers without a thread: a line of text always fits into what the kernel takes for a new connection.</summary>
    private static void AnswerAtOnce(Socket socket, int status, string line)
    {
        try
        {
            new HttpReply(socket, TimeSpan.Zero).SendText(status, line);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side is gone.
        }

        socket.Dispose();
    }
}
