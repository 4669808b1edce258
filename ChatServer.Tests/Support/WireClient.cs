using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// One end of a connection that sends frames or any bytes. Each wait has a limit; the failure says what it was waiting for, and
/// the bytes that had arrived before.
/// </summary>
internal sealed class WireClient : IDisposable
{
    private readonly List<string> _received = [];
    private readonly SslStream? _tls;
    private int _fences;

    /// <summary>Takes over a connected socket, with TLS on it if <paramref name="tls"/> is given.</summary>
    public WireClient(Socket socket, SslStream? tls = null)
    {
        _tls = tls;
        if (socket.AddressFamily != AddressFamily.Unix)
        {
            socket.NoDelay = true;
        }

        socket.ReceiveTimeout = (int)Limit.Wait.TotalMilliseconds;
        socket.SendTimeout = (int)Limit.Wait.TotalMilliseconds;
        Socket = socket;
    }

    public Socket Socket { get; }

    /// <summary>Connects to this machine.</summary>
    /// <param name="port">The port of the server.</param>
    /// <param name="to">An address of this machine; 127.0.0.1 if it is not given.</param>
    /// <param name="from">The address of this client, if it matters.</param>
    /// <param name="receiveBuffer">Bytes that the kernel may hold unread for this client, if it matters.</param>
    public static WireClient Connect(int port, IPAddress? to = null, IPAddress? from = null, int? receiveBuffer = null)
    {
        to ??= IPAddress.Loopback;
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (receiveBuffer is int size)
        {
            socket.ReceiveBufferSize = size;
        }

        if (from is not null)
        {
            socket.Bind(new IPEndPoint(from, 0));
        }

        socket.Connect(to, port);
        return new WireClient(socket);
    }

    /// <summary>Connects to a server that is starting and does not say when it listens: tries until it does.</summary>
    public static WireClient ConnectWhenItListens(int port)
    {
        WireClient? client = null;
        Eventually.True(
            () =>
            {
                try
                {
                    client = Connect(port);
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            },
            "the server should listen");
        return client!;
    }

    /// <summary>Gives a name. The server has let it in when this returns.</summary>
    public void Introduce(string name)
    {
        Send(name);
        Assert.IsEmpty(Fence(), "A newcomer is sent nothing.");
    }

    /// <summary>Sends frames with these texts, all in one send.</summary>
    public void Send(params IEnumerable<string> texts) => SendBytes(WireFrame.Encode(texts));

    public void SendBytes(ReadOnlySpan<byte> bytes)
    {
        if (_tls is not null)
        {
            _tls.Write(bytes);
            return;
        }

        while (!bytes.IsEmpty)
        {
            bytes = bytes[Socket.Send(bytes)..];
        }
    }

    /// <summary>Ends the sending direction, and continues to receive.</summary>
    public void EndSending()
    {
        _tls?.ShutdownAsync().GetAwaiter().GetResult();
        Socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Breaks the connection off without a goodbye.</summary>
    public void Reset()
    {
        Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        Socket.Dispose();
    }

    /// <summary>The 200 bytes of the next frame, or null if the stream ended before it. Fails on a torn frame and on a reset.</summary>
    public byte[]? ReadFrame()
    {
        var frame = new byte[WireFrame.Size];
        int count = 0;
        while (count < frame.Length)
        {
            int more = Receive(frame.AsSpan(count));
            if (more == 0)
            {
                Assert.AreEqual(0, count, $"The stream ended inside a frame. {Seen()}");
                return null;
            }

            count += more;
        }

        _received.Add(WireFrame.Decode(frame));
        return frame;
    }

    /// <summary>The text of the next frame.</summary>
    public string Read()
    {
        byte[]? frame = ReadFrame();
        Assert.IsNotNull(frame, $"The stream ended where a frame was expected. {Seen()}");
        return WireFrame.Decode(frame);
    }

    /// <summary>The texts of the next frames.</summary>
    public string[] Read(int count) => [.. Enumerable.Range(0, count).Select(_ => Read())];

    /// <summary>The texts of all frames before the one with <paramref name="last"/>, which is read too.</summary>
    public string[] ReadUntil(string last)
    {
        var before = new List<string>();
        string text;
        while ((text = Read()) != last)
        {
            before.Add(text);
        }

        return [.. before];
    }

    /// <summary>The texts of all frames until the other side ends the stream.</summary>
    public string[] ReadToEnd()
    {
        var texts = new List<string>();
        while (ReadFrame() is byte[] frame)
        {
            texts.Add(WireFrame.Decode(frame));
        }

        return [.. texts];
    }

    /// <summary>The texts of all whole frames until the connection ends, in whatever way: also by a reset, or inside a frame.</summary>
    public string[] ReadToAnyEnd()
    {
        var texts = new List<string>();
        try
        {
            while (ReadFrame() is byte[] frame)
            {
                texts.Add(WireFrame.Decode(frame));
            }
        }
        catch (AssertFailedException)
        {
            // It was cut off: where, does not matter.
        }

        return [.. texts];
    }

    /// <summary>
    /// Everything that the server has sent to this client so far: sends a request, and returns the frames before the answer. When this
    /// returns, the server has done all that this client had asked for.
    /// </summary>
    public string[] Fence()
    {
        string word = $"/fence-{++_fences}";
        Send(word);
        return ReadUntil($"{word} is not a valid control message. Valid messages are /create, /list, and /join.");
    }

    /// <summary>True once the other side has ended the connection in any way; earlier frames are skipped.</summary>
    /// <param name="wait">How long to wait for a byte.</param>
    public bool HasEnded(TimeSpan wait)
    {
        var frame = new byte[WireFrame.Size];
        try
        {
            while (Socket.Poll(wait, SelectMode.SelectRead))
            {
                if (Socket.Receive(frame) == 0)
                {
                    return true;
                }
            }

            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    public void Dispose() => Socket.Dispose();

    private int Receive(Span<byte> buffer)
    {
        try
        {
            return _tls is null ? Socket.Receive(buffer) : _tls.Read(buffer);
        }
        catch (IOException e)
        {
            throw new AssertFailedException($"The connection broke: {e.Message} {Seen()}", e);
        }
        catch (SocketException e)
        {
            string what = e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock
                ? $"Nothing came within {Socket.ReceiveTimeout} ms."
                : $"The connection broke: {e.SocketErrorCode}.";
            throw new AssertFailedException($"{what} {Seen()}", e);
        }
    }

    private string Seen()
    {
        const int Most = 20;
        IEnumerable<string> last = _received.TakeLast(Most).Select(text => $"'{text}'");
        return $"Frames before: {_received.Count}, the last of them: {string.Join(", ", last)}";
    }
}
