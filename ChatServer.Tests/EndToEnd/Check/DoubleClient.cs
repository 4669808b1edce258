using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>A client of <see cref="ServerDouble"/>: its connection, and what the chat knows of it.</summary>
internal sealed class DoubleClient(Socket socket)
{
    public Socket Socket { get; } = socket;

    public volatile bool IsReset;

    /// <summary>What was received before its thread began.</summary>
    public List<byte> Early { get; } = [];

    public List<byte> Buffer { get; } = [];

    public string? Name { get; set; }

    public string? Channel { get; set; }

    public string? OldChannel { get; set; }

    public string? SpeaksTo { get; set; }

    public string? Held { get; set; }

    /// <summary>0 at the end of the stream, less if the connection is lost.</summary>
    public int Receive(Span<byte> bytes)
    {
        try
        {
            return Socket.Receive(bytes);
        }
        catch (SocketException)
        {
            return -1;
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
    }
}
