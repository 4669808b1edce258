using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatCheck.Running;

/// <summary>Finds ports for servers that have to be told one.</summary>
internal static class FreePort
{
    // Below what systems give to outgoing connections: a client that tries a port of that range until somebody listens may
    // end up connected to itself.
    private const int First = 20_000;
    private const int Count = 10_000;

    // Several checkers may run at the same time.
    private static int _next = Environment.ProcessId * 37 % Count;

    /// <summary>A port on which nobody listens at this moment, another one each time.</summary>
    public static int Next()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Any, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next.
            }
        }
    }
}
