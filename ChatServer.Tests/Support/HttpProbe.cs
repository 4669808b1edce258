using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>Asks over HTTP with bytes of the test's own, and reads the answer as it comes.</summary>
internal static class HttpProbe
{
    /// <summary>An answer.</summary>
    public sealed record Answer(int Status, string Head, string Body);

    /// <summary>Asks for a path as a simple program does.</summary>
    public static Answer Get(IPEndPoint address, string path, string fields = "", IPAddress? from = null) =>
        Ask(address, $"GET {path} HTTP/1.1\r\nHost: {address}\r\n{fields}\r\n", from);

    /// <summary>Sends these bytes, and reads to the end of the connection.</summary>
    public static Answer Ask(IPEndPoint address, string request, IPAddress? from = null)
    {
        using Socket socket = Connect(address, from: from);
        socket.Send(Encoding.Latin1.GetBytes(request));
        return ReadAnswer(socket);
    }

    /// <summary>A connection that has sent nothing yet.</summary>
    public static Socket Connect(IPEndPoint address, int? receiveBuffer = null, IPAddress? from = null)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveTimeout = (int)Limit.Wait.TotalMilliseconds,
        };
        if (receiveBuffer is int size)
        {
            socket.ReceiveBufferSize = size;
        }

        if (from is not null)
        {
            socket.Bind(new IPEndPoint(from, 0));
        }

        socket.Connect(address);
        return socket;
    }

    /// <summary>Reads to the end of the connection.</summary>
    public static Answer ReadAnswer(Socket socket)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = socket.Receive(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, count);
        }

        string[] parts = Encoding.UTF8.GetString(bytes.ToArray()).Split("\r\n\r\n", 2);
        Assert.HasCount(2, parts, $"No whole answer: '{parts[0]}'");
        return new Answer(int.Parse(parts[0].Split(' ')[1], CultureInfo.InvariantCulture), parts[0], parts[1]);
    }
}
