using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>A socket without encryption.</summary>
internal sealed class PlainTransport(Socket socket, bool isProxy = false) : SocketTransport(socket, isProxy)
{
    public override TransportFault? Open(WorkTurn turn) => null;

    public override int Receive(Span<byte> buffer) => SocketCalls.Receive(Socket, buffer);

    public override int ReceiveNow(Span<byte> buffer) => SocketCalls.ReceiveNow(Socket, buffer);

    public override int SendNow(ReadOnlySpan<byte> bytes) => SocketCalls.SendNow(Socket, bytes);

    public override bool EndSending()
    {
        Shutdown(SocketShutdown.Send);
        return true;
    }
}
