using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>A listener on a free port of this machine, for a client that gets the port as an argument.</summary>
internal sealed class LocalListener : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public LocalListener()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen();
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>The next client; null if none connects within <paramref name="limit"/>.</summary>
    public Socket? Accept(TimeSpan limit) => _socket.Poll(limit, SelectMode.SelectRead) ? _socket.Accept() : null;

    public void Dispose() => _socket.Dispose();
}
