using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.Common;

/// <summary>The peer of a socket.</summary>
public static class PeerEndPoint
{
    /// <summary>
    /// The address and port of the peer of <paramref name="socket"/>, an IPv4 address as one also if it arrived over IPv6. The peer
    /// of a Unix socket is on this machine: 127.0.0.1 without a port. Null if the peer had disconnected before it could be read.
    /// </summary>
    public static IPEndPoint? Of(Socket socket)
    {
        try
        {
            return socket.AddressFamily == AddressFamily.Unix ? new IPEndPoint(IPAddress.Loopback, 0)
                : socket.RemoteEndPoint is not IPEndPoint peer ? null
                : peer.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(peer.Address.MapToIPv4(), peer.Port)
                : peer;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
