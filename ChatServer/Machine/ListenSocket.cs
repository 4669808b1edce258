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
    public static Socket Open(int port) => Socket.OSSupportsIPv6
        ? Open(new IPEndPoint(IPAddress.IPv6Any, port), isDual: true)
        : Open(new IPEndPoint(IPAddress.Any, port), isDual: false);

    /// <summary>Listens on <paramref name="address"/> only.</summary>
    /// <param name="address">Of this machine.</param>
    /// <param name="unixMode">The permissions of a Unix socket.</param>
    /// <exception cref="SocketException">It is taken or not allowed.</exception>
    /// <exception cref="IOException">The file of the Unix socket cannot be made; the message says why.</exception>
    public static Socket Open(ListenAddress address, UnixFileMode unixMode) => address.EndPoint is IPEndPoint endPoint
        ? Open(endPoint, isDual: false)
        : OpenUnix(address.Path!, unixMode);

    private static Socket Open(IPEndPoint endPoint, bool isDual)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = isDual;
            }

            return Listen(socket, endPoint);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket OpenUnix(string path, UnixFileMode mode)
    {
        EndPoint endPoint;
        try
        {
            endPoint = new UnixDomainSocketEndPoint(path);
        }
        catch (Exception e) when (e is ArgumentException or PlatformNotSupportedException)
        {
            throw new IOException("the path is too long, or this system has no Unix sockets.", e);
        }

        UnixSocketFile.RemoveStale(path, endPoint);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(endPoint);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, mode); // nobody can connect before it listens
            }

            return Listen(socket, bindTo: null);
        }
        catch (UnauthorizedAccessException e)
        {
            socket.Dispose();
            throw new IOException(e.Message, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket Listen(Socket socket, EndPoint? bindTo)
    {
        if (bindTo is not null)
        {
            // Before it listens: a peer that connects before the server has started gets it too, and the scale of its window fits.
            socket.ReceiveBufferSize = TcpSettings.ReceiveBufferBytes;
            socket.Bind(bindTo);
        }

        socket.Listen(MachineLimits.Backlog(MachineLimits.OfThisMachine.Memory()));
        return socket;
    }
}
