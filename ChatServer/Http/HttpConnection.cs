using System.Diagnostics;
using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Http;

/// <summary>One connection: reads one request, has it answered, and closes in order.</summary>
/// <param name="socket">The socket, which it closes.</param>
/// <param name="guard">Decides which requests are answered.</param>
/// <param name="routes">What answers which path.</param>
/// <param name="limits">What it may cost.</param>
internal sealed class HttpConnection(Socket socket, HttpGuard guard, IReadOnlyDictionary<string, HttpHandler> routes, HttpLimits limits) : IDisposable
{
    /// <summary>Bytes of a request. A browser's has about one thousand.</summary>
    internal const int MaxRequest = 8 * 1024;

    private readonly HttpReply _reply = new(socket, limits.Piece);

    /// <summary>When it began, in the ticks of <see cref="Stopwatch"/>.</summary>
    public long Start { get; } = Stopwatch.GetTimestamp();

    /// <summary>True for an answer that has no end, of which there are only so many.</summary>
    public bool IsStream => _reply.IsStream;

    /// <summary>The body of the thread. What the other side does wrong only ends the connection.</summary>
    public void Run()
    {
        try
        {
            Answer();
            End();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side is gone, is too slow, or the server stops.
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Closes the socket. A thread that waits for it continues.</summary>
    public void Dispose() => socket.Dispose();

    private void Answer()
    {
        int status = TryReceive(out HttpRequest? request);
        if (request is null)
        {
            _reply.SendText(status, "This is no request that this server answers.");
        }
        else if (guard.Reject(request) is (int rejection, string text))
        {
            _reply.SendText(rejection, text);
        }
        else if (routes.GetValueOrDefault(request.Path) is HttpHandler handler)
        {
            handler(request, _reply);
        }
        else
        {
            _reply.SendText(404, "There is no such page.");
        }
    }

    /// <summary>The status of the answer if no request came.</summary>
    private int TryReceive(out HttpRequest? request)
    {
        Span<byte> buffer = stackalloc byte[MaxRequest];
        int count = 0;
        request = null;
        while (count < buffer.Length)
        {
            int received = ReceiveBefore(limits.Request, buffer[count..]);
            if (received <= 0)
            {
                return received < 0 ? 408 : 400;
            }

            count += received;
            int end = buffer[..count].IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                // Bytes behind the request would be a second one, or a body.
                request = end + 4 == count ? HttpRequest.TryParse(buffer[..end]) : null;
                return 400;
            }
        }

        return 431;
    }

    /// <summary>Less than 0 where nothing came before the limit, counted from the beginning of the connection.</summary>
    private int ReceiveBefore(TimeSpan limit, Span<byte> buffer)
    {
        TimeSpan left = limit - Stopwatch.GetElapsedTime(Start);
        return left > TimeSpan.Zero && socket.Poll(left, SelectMode.SelectRead) ? socket.Receive(buffer) : -1;
    }

    /// <summary>To close with unread input would reset the connection, and the other side could lose the answer.</summary>
    private void End()
    {
        socket.Shutdown(SocketShutdown.Send);
        Span<byte> buffer = stackalloc byte[1024];
        long start = Stopwatch.GetTimestamp();
        TimeSpan left;
        while ((left = limits.End - Stopwatch.GetElapsedTime(start)) > TimeSpan.Zero
            && socket.Poll(left, SelectMode.SelectRead)
            && socket.Receive(buffer) > 0)
        {
        }
    }
}
