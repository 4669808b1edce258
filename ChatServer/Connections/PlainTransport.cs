using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>TCP without encryption. Owns its socket, which is connected and blocking.</summary>
internal sealed class PlainTransport : ITransport
{
    private readonly Socket _socket;

    public PlainTransport(Socket socket)
    {
        _socket = socket;
        Peer = PeerEndPoint.Of(socket);
    }

    public IPEndPoint? Peer { get; }

    public bool HasInput => SocketCalls.HasInput(_socket);

    public bool IsOver => SocketCalls.IsOver(_socket);

    public int UnsentBytes => SocketCalls.Unsent(_socket);

    public int Receive(Span<byte> buffer) => SocketCalls.Receive(_socket, buffer);

    public int ReceiveNow(Span<byte> buffer) => SocketCalls.ReceiveNow(_socket, buffer);

    public int SendNow(ReadOnlySpan<byte> bytes) => SocketCalls.SendNow(_socket, bytes);

    public void EndSending() => Shutdown(SocketShutdown.Send);

    public void Abort() => Shutdown(SocketShutdown.Both);

    public void DiscardUnsent()
    {
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The socket is closed, and nothing is held for the peer.
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Shutdown(SocketShutdown how)
    {
        try
        {
            _socket.Shutdown(how);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The peer has closed first: there is nothing left to shut down.
        }
    }
}
