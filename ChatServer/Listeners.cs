using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer;

/// <summary>Opens all sockets that the options ask for.</summary>
internal static class Listeners
{
    /// <summary>What the parent calls an inherited socket that speaks TLS beside others that do not.</summary>
    private const string SecureName = "tls";

    /// <summary>The sockets, first that of PORT; null if one of them cannot be opened, and then none is open.</summary>
    /// <param name="options">Where to listen.</param>
    /// <param name="error">Why not, in one line.</param>
    public static IReadOnlyList<Listener>? TryOpen(ServerOptions options, out string? error)
    {
        var opened = new List<Listener>();
        error = null;
        string where = "";
        try
        {
            foreach ((string name, Func<IEnumerable<Listener>> open) in ToOpen(options))
            {
                where = name;
                opened.AddRange(open());
            }

            return opened;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            opened.ForEach(listener => listener.Socket.Dispose());
            error = $"Cannot listen on {where}: {(e is SocketException socketError ? Explain(socketError) : e.Message)}";
            return null;
        }
    }

    private static IEnumerable<(string Name, Func<IEnumerable<Listener>> Open)> ToOpen(ServerOptions options)
    {
        ListenSettings settings = options.Listen;
        bool isAllSecure = settings.Tls is not null && settings.TlsPort is null;
        if (options.Port is int port)
        {
            yield return (PortName(port), () => [OpenPort(port, isAllSecure)]);
        }

        if (settings.TlsPort is int securePort)
        {
            yield return (PortName(securePort), () => [OpenPort(securePort, isSecure: true)]);
        }

        foreach (ListenAddress address in settings.Addresses)
        {
            yield return (address.ToString(), () =>
            {
                Socket socket = ListenSocket.Open(address, settings.UnixMode);
                return [new Listener(socket, NameOf(socket, address.ToString()), isAllSecure && address.EndPoint is not null)];
            });
        }

        if (options.Basic)
        {
            yield break;
        }

        yield return ("an inherited socket", () => InheritedSockets.Take().Select(inherited => new Listener(
            inherited.Socket,
            NameOf(inherited.Socket, "an inherited socket"),
            inherited.Socket.AddressFamily != AddressFamily.Unix && (isAllSecure || (settings.Tls is not null && inherited.Name == SecureName)),
            IsShared: true)));
    }

    private static Listener OpenPort(int port, bool isSecure)
    {
        Socket socket = ListenSocket.Open(port);
        return new Listener(socket, PortName(((IPEndPoint)socket.LocalEndPoint!).Port), isSecure);
    }

    private static string PortName(int port) => string.Create(CultureInfo.InvariantCulture, $"port {port}");

    /// <summary>An address with the port that it has got; a Unix socket by its path.</summary>
    private static string NameOf(Socket socket, string other) => socket.LocalEndPoint switch
    {
        IPEndPoint endPoint => endPoint.ToString(),
        UnixDomainSocketEndPoint unix when unix.ToString() is { Length: > 0 } path => ListenAddress.UnixPrefix + path,
        _ => other,
    };

    private static string Explain(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "it is in use already.",
        SocketError.AccessDenied => "this user has no permission (ports below 1024 are reserved).",
        SocketError.AddressNotAvailable => "this machine does not have the address.",
        _ => e.Message,
    };
}
