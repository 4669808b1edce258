using System.Net.Sockets;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>A socket without encryption.</summary>
internal sealed class PlainServerStream(Socket socket) : IServerStream
{
    public bool AwaitBytes(TimeSpan wait)
    {
        try
        {
            return socket.Poll(wait, SelectMode.SelectRead);
        }
        catch (Exception e) when (NetworkFault.Is(e))
        {
            return true; // the receive will report it
        }
    }

    public int Receive(Span<byte> buffer) => socket.Receive(buffer);

    public void Send(ReadOnlySpan<byte> bytes) => socket.Send(bytes);

    public void EndSending() => socket.Shutdown(SocketShutdown.Send);

    public long Arrived(long acknowledged) => acknowledged;

    public void Dispose() => socket.Dispose();
}
