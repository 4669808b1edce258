using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>A connection over a real socket on this machine, and its peer. No thread serves it: the test does what reader and writer would.</summary>
internal sealed class LoopbackConnection : IDisposable
{
    private readonly Writer _writer = new(new Faults(NullLogger.Instance));

    /// <param name="from">The address of the peer: any that begins with 127, or ::1.</param>
    /// <param name="time">The clock for deadlines.</param>
    /// <param name="trace">Gets the trace of its calls.</param>
    public LoopbackConnection(string from = "127.0.0.1", TimeProvider? time = null, TraceWriter? trace = null)
    {
        var source = IPAddress.Parse(from);
        using Socket listener = ListenSocket.Open(0);
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;

        Peer = new Socket(source.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveTimeout = (int)Limit.Wait.TotalMilliseconds,
        };
        Peer.Bind(new IPEndPoint(source, 0));
        Peer.Connect(source.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback, port);

        var limits = new SendLimits(1_000_000, 2_000_000, TimeSpan.FromHours(1));
        Connection = new Connection(1, new PlainTransport(listener.Accept()), _writer, limits, time ?? TimeProvider.System, trace);
    }

    public Socket Peer { get; }

    public Connection Connection { get; }

    /// <summary>Does the writer's work, and reads at the peer until the stream ends: the texts of the frames.</summary>
    public string[] SendAndReadToEnd()
    {
        _writer.Round();
        var bytes = new List<byte>();
        var buffer = new byte[Frame.Size];
        for (int count; (count = Peer.Receive(buffer)) > 0;)
        {
            bytes.AddRange(buffer.AsSpan(0, count));
        }

        return [.. bytes.Chunk(Frame.Size).Select(WireFrame.Decode)];
    }

    /// <summary>Sees to it that the connection still serves: a byte the peer sends arrives.</summary>
    public void AssertAlive()
    {
        Peer.Send("x"u8);
        Assert.AreEqual(1, Receive());
    }

    /// <summary>One receive of the connection, as its reader does it.</summary>
    public int Receive()
    {
        using var buffer = new FrameBuffer();
        return Connection.Receive(buffer);
    }

    public void Dispose()
    {
        Peer.Dispose();
        Connection.Dispose();
        _writer.Dispose();
    }
}
