using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>Finds ports for servers that get their port as an argument.</summary>
internal static class FreePort
{
    // Below what systems give to outgoing connections: a client that tries a port of that range until a server listens may
    // connect to itself.
    private const int First = 20_000;
    private const int Count = 10_000;

    // Several checkers may run at the same time.
    private static int _next = Random.Shared.Next(Count);

    /// <summary>A port on which nobody listens at this moment, with IPv4 or IPv6; another one each time.</summary>
    public static int Next()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            if (IsFree(IPAddress.Any, port) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Any, port)))
            {
                return port;
            }
        }
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is not (SocketError.AddressAlreadyInUse or SocketError.AccessDenied);
        }
    }
}
