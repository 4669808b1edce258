using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>Connects, in bounded time.</summary>
internal static class Connections
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>A connection to <paramref name="address"/>.</summary>
    /// <param name="address">The server's.</param>
    /// <param name="receiveBuffer">Bytes that the kernel may hold unread; null is the default of the system.</param>
    /// <exception cref="SocketException">There is none, or not within 5 s.</exception>
    public static Socket Open(IPEndPoint address, int? receiveBuffer = null)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (receiveBuffer is int size)
        {
            socket.ReceiveBufferSize = size;
        }

        try
        {
            using var limit = new CancellationTokenSource(Limit);
            socket.ConnectAsync(address, limit.Token).AsTask().GetAwaiter().GetResult();
            return socket;
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
