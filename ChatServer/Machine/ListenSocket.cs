using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>Makes listening sockets.</summary>
internal static class ListenSocket
{
    /// <summary>
    /// Listens on <paramref name="port"/> (0: one that is free) of every interface, IPv6 and IPv4 in one socket; IPv4 alone
    /// if the machine has no IPv6. Throws <see cref="SocketException"/> if the port is in use or not allowed.
    /// </summary>
    public static Socket Open(int port)
    {
        Socket socket = Socket.OSSupportsIPv6
            ? new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true }
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            IPAddress any = socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
            socket.Bind(new IPEndPoint(any, port));
            socket.Listen(MachineLimits.Backlog(MachineLimits.OfThisMachine.Memory()));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
