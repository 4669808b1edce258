using System.Net.Sockets;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatClient;

/// <summary>The connection to a server: blocking. One thread receives and one sends; the calls are told to a trace if there is one.</summary>
internal sealed class ServerConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly ConnectionTrace? _trace;

    private ServerConnection(Socket socket, TraceWriter? trace)
    {
        _socket = socket;
        _trace = trace is null ? null : new ConnectionTrace(trace, "server", socket);
    }

    /// <summary>
    /// Connected to the first of the addresses of <paramref name="host"/> that answers; null if
    /// there is none: no such host, refused, or no answer for as long as the operating system waits.
    /// </summary>
    public static ServerConnection? TryOpen(string host, int port, TraceWriter? trace = null)
    {
        // Dual-mode where the machine knows IPv6: serves both kinds of address.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(host, port);
            NoticeSilentEnd(socket);
            return new ServerConnection(socket, trace);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            // ArgumentException: what was typed cannot be a host name at all, for instance for its length.
            socket.Dispose();
            return null;
        }
    }

    /// <summary>Waits for bytes. How many came; 0 at the end of the stream.</summary>
    /// <exception cref="SocketException">The connection is lost.</exception>
    public int Receive(Span<byte> buffer)
    {
        try
        {
            int count = _socket.Receive(buffer);
            _trace?.Received(count, buffer);
            return count;
        }
        catch (SocketException)
        {
            _trace?.Received(-1, buffer);
            throw;
        }
    }

    /// <summary>Sends all of <paramref name="bytes"/>; waits while the server takes none.</summary>
    /// <exception cref="SocketException">The connection is lost, or the server has ended it.</exception>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        _trace?.BeginSend();
        try
        {
            int count = _socket.Send(bytes);
            _trace?.Sent(bytes, count);
        }
        catch (SocketException)
        {
            _trace?.Sent(bytes, -1);
            throw;
        }
    }

    /// <summary>Tells the server that this was all; it may still send.</summary>
    /// <exception cref="SocketException">The server was quicker.</exception>
    public void EndSending()
    {
        _trace?.EndedSending();
        _socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Closes it. Not under a thread that waits in it: that would reset the connection.</summary>
    public void Dispose() => _socket.Dispose();

    /// <summary>A server whose machine or network went away says nothing: asked after a minute's silence, it is gone within 30 s.</summary>
    private static void NoticeSilentEnd(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }
}
