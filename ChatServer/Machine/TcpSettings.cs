using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>
/// The TCP settings of every connection. They are set once, on the listening socket: accepted sockets inherit them, which
/// saves seven system calls for each client.
/// </summary>
internal static class TcpSettings
{
    // Linux, <netinet/tcp.h>: not in SocketOptionName.
    private const int TcpLevel = 6;
    private const int TcpUserTimeout = 18;

    /// <summary>Bytes of a client that the kernel may hold while its reader waits for others. The system doubles it.</summary>
    internal const int ReceiveBufferBytes = 64 * 1024;

    // With a user timeout, the timeout decides and not the number of probes: one of these intervals after the first.
    private const int KeepAliveIntervalSeconds = 10;
    private const int KeepAliveProbes = 3;

    /// <summary>Prepares a listening socket.</summary>
    /// <param name="listener">Bound; connections it accepts from now on inherit the settings.</param>
    /// <param name="sendBufferBytes">Bytes that the kernel may hold for a client.</param>
    /// <param name="keepAliveSeconds">Seconds of silence until the first keepalive probe.</param>
    /// <param name="userTimeout">How long a peer may acknowledge nothing (Linux).</param>
    public static void Apply(Socket listener, int sendBufferBytes, int keepAliveSeconds, TimeSpan userTimeout)
    {
        listener.NoDelay = true; // batches are made by the writer; waiting for more in the kernel only adds delay
        listener.SendBufferSize = sendBufferBytes;
        listener.ReceiveBufferSize = ReceiveBufferBytes;

        // A peer that vanished: keepalive finds it while nothing is under way, the user timeout while something is.
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        TrySet(listener, SocketOptionName.TcpKeepAliveTime, keepAliveSeconds);
        TrySet(listener, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalSeconds);
        TrySet(listener, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
        if (OperatingSystem.IsLinux())
        {
            listener.SetRawSocketOption(TcpLevel, TcpUserTimeout, BitConverter.GetBytes((int)userTimeout.TotalMilliseconds));
        }
    }

    /// <summary>An older Windows does not have each of these options, and then uses a value of its own.</summary>
    private static void TrySet(Socket listener, SocketOptionName option, int value)
    {
        try
        {
            listener.SetSocketOption(SocketOptionLevel.Tcp, option, value);
        }
        catch (SocketException) when (OperatingSystem.IsWindows())
        {
            // Keepalive itself is on.
        }
    }
}
