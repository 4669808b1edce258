using System.Net.Sockets;

namespace ThreadedChat.ChatClient;

/// <summary>Connects to a server.</summary>
internal static class ServerConnection
{
    /// <summary>
    /// A blocking socket, connected to the first of the addresses of <paramref name="host"/> that answers; null if
    /// there is none: no such host, refused, or no answer for as long as the operating system waits.
    /// </summary>
    public static Socket? TryOpen(string host, int port)
    {
        // Dual-mode where the machine knows IPv6: serves both kinds of address.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(host, port);
            NoticeSilentEnd(socket);
            return socket;
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            // ArgumentException: what was typed cannot be a host name at all, for instance for its length.
            socket.Dispose();
            return null;
        }
    }

    /// <summary>A server whose machine or network went away says nothing: asked after a minute's silence, it is gone within 30 s.</summary>
    private static void NoticeSilentEnd(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }
}
