using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>A client of <see cref="ExtendedDouble"/>: its connection, and what the double knows of it.</summary>
internal sealed class ExtendedClient(Socket socket)
{
    public Socket Socket { get; } = socket;

    public string? Name { get; set; }

    public string? Channel { get; set; }

    public List<(ExtendedClient Receiver, string Text)> Held { get; } = [];

    /// <summary>The pieces of a text that fit into frames behind a prefix.</summary>
    public static string[] PiecesAfter(string prefix, string text) =>
        [.. text.Chunk(WireFrame.Size - Encoding.UTF8.GetByteCount(prefix)).Select(piece => new string(piece))];

    public void Send(string text)
    {
        var frame = new byte[WireFrame.Size];
        frame.AsSpan().Fill((byte)' ');
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        utf8.AsSpan(0, Math.Min(utf8.Length, frame.Length)).CopyTo(frame);
        try
        {
            Socket.Send(frame);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Its own thread notices.
        }
    }
}
