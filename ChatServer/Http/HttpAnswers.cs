using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Http;

/// <summary>The answers that are under way, each on a thread of its own. Each kind has its own places.</summary>
internal sealed class HttpAnswers(HttpLimits limits, Faults faults) : IDisposable
{
    /// <summary>How long the end of the threads is waited for. All their sockets are closed by then.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);

    /// <summary>How long a place may take to become free. Only the thread that starts answers waits.</summary>
    private static readonly TimeSpan RoomLimit = TimeSpan.FromSeconds(1);

    /// <summary>Guards <see cref="_places"/> and <see cref="_isStopping"/>. A leaf: nothing is sent or closed while it is held.</summary>
    private readonly Lock _gate = new();

    private readonly Dictionary<HttpKind, HttpPlaces<HttpConnection>> _places = Enum.GetValues<HttpKind>()
        .ToDictionary(kind => kind, kind => new HttpPlaces<HttpConnection>(limits.Of(kind), areKept: kind == HttpKind.Stream));

    private bool _isStopping;
    private long _lastId; // of the thread that starts answers

    /// <summary>How many are under way.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _places.Values.Sum(places => places.Count);
            }
        }
    }

    /// <summary>Starts an answer, which takes over the socket. False if there is no place for it. One thread calls this.</summary>
    public bool TryStart(Socket socket, IPAddress address, HttpKind kind, Action<HttpReply> answer)
    {
        var connection = new HttpConnection(socket, answer, limits);
        if (!TryAdd(connection, address, kind))
        {
            return false;
        }

        try
        {
            connection.Start($"http-{++_lastId}", one => Run(one, kind));
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            // No thread for it: the chat goes on, and it may come again.
            Remove(connection, kind);
            connection.Dispose();
        }

        return true;
    }

    /// <summary>Closes all connections and ends their threads. No answer is started any more.</summary>
    public void Dispose()
    {
        HttpConnection[] open;
        lock (_gate)
        {
            _isStopping = true;
            open = [.. _places.Values.SelectMany(places => places.Holders)];
        }

        Array.ForEach(open, connection => connection.Dispose());
        Array.ForEach(open, connection => connection.AwaitEnd(EndLimit));
    }

    /// <summary>Gives an answer a place. If it is that of another, this one's connection is closed, and its thread ends first.</summary>
    private bool TryAdd(HttpConnection connection, IPAddress address, HttpKind kind)
    {
        HttpConnection? leaving;
        lock (_gate)
        {
            if (_isStopping || !_places[kind].MayAdd(address, out leaving))
            {
                return false;
            }
        }

        leaving?.Dispose();
        if (leaving?.AwaitEnd(RoomLimit) == false)
        {
            return false;
        }

        lock (_gate)
        {
            if (!_isStopping)
            {
                _places[kind].Add(connection, address);
            }

            return !_isStopping;
        }
    }

    private void Run(HttpConnection connection, HttpKind kind)
    {
        faults.Guard("answering HTTP", connection.Run);
        Remove(connection, kind);
    }

    private void Remove(HttpConnection connection, HttpKind kind)
    {
        lock (_gate)
        {
            _places[kind].Remove(connection);
        }
    }
}
