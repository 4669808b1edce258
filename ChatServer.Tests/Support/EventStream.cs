using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>The events that one live page gets, without a browser.</summary>
internal sealed class EventStream : IDisposable
{
    private const string Begin = "data: ";
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly List<byte> _read = [];

    public EventStream(IPEndPoint address)
    {
        _socket = HttpProbe.Connect(address);
        _socket.Send(Encoding.ASCII.GetBytes($"GET /events HTTP/1.1\r\nHost: {address}\r\n\r\n"));
        Head = Until("\r\n\r\n");
    }

    /// <summary>The head of the answer.</summary>
    public string Head { get; }

    /// <summary>Waits for the next event; its JSON.</summary>
    public string Next()
    {
        string text = Until("\n\n");
        Assert.StartsWith(Begin, text);
        return text[Begin.Length..];
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>The text before <paramref name="end"/>, which it discards.</summary>
    private string Until(string end)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(end);
        int at;
        while ((at = CollectionsMarshal.AsSpan(_read).IndexOf(bytes)) < 0)
        {
            int count = _socket.Receive(_buffer);
            Assert.AreNotEqual(0, count, $"The stream has ended: {Encoding.UTF8.GetString([.. _read])}");
            _read.AddRange(_buffer.AsSpan(0, count));
        }

        string text = Encoding.UTF8.GetString([.. _read.Take(at)]);
        _read.RemoveRange(0, at + bytes.Length);
        return text;
    }
}
