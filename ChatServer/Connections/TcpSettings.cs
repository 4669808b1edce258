using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>What is set on each accepted socket.</summary>
internal static class TcpSettings
{
    // Linux, <netinet/tcp.h>: not in SocketOptionName.
    private const int TcpLevel = 6;
    private const int TcpUserTimeout = 18;

    private const int KeepAliveIdleSeconds = 60;
    private const int KeepAliveIntervalSeconds = 10;
    private const int KeepAliveProbes = 3;
    private const int UserTimeoutMilliseconds = 20_000;

    /// <summary>Prepares an accepted socket. Throws <see cref="SocketException"/> where the peer has gone already.</summary>
    /// <param name="socket">Connected; it stays blocking.</param>
    /// <param name="sendBufferBytes">What the kernel may hold of what the peer does not read.</param>
    public static void Apply(Socket socket, int sendBufferBytes)
    {
        socket.NoDelay = true; // batches are made by the writer; waiting for more in the kernel only adds delay
        socket.SendBufferSize = sendBufferBytes;

        // A peer that vanished: keepalive finds it while nothing is under way, the user timeout while something is.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveIdleSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption(TcpLevel, TcpUserTimeout, BitConverter.GetBytes(UserTimeoutMilliseconds));
        }
    }
}
