using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// An address that gives no answer to a connecting client, as a network that drops packets. A listening
/// socket whose queue is full: Linux then drops further requests.
/// </summary>
internal sealed class HangingPort : IDisposable
{
    private const int MostQueued = 64;

    /// <summary>A connection on this machine is there at once, or never.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(200);

    /// <summary>The state SYN_SENT in Linux's table of connections.</summary>
    private const string Connecting = "02";

    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    private readonly List<Socket> _sockets = [];

    public HangingPort(IPAddress address, int port = 0)
    {
        Needs.Linux();
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _sockets.Add(listener);
        listener.Bind(new IPEndPoint(address, port));
        listener.Listen(0);
        Number = ((IPEndPoint)listener.LocalEndPoint!).Port;
        while (FillOne(new IPEndPoint(address, Number)))
        {
            Assert.IsLessThan(MostQueued, _sockets.Count, "The queue of the listening socket should be full at some time.");
        }
    }

    public int Number { get; }

    /// <summary>Waits until a client tries to connect: one more than those of this object, which have filled the queue.</summary>
    public void AwaitCaller() => Eventually.True(() => CountConnecting() > 1, "a client should have tried to connect");

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private int CountConnecting()
    {
        string port = $":{Number:X4}";
        return Tables
            .Where(File.Exists)
            .SelectMany(table => File.ReadLines(table))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Count(fields => fields[2].EndsWith(port, StringComparison.Ordinal) && fields[3] == Connecting);
    }

    private bool FillOne(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        _sockets.Add(socket);
        try
        {
            socket.Connect(endPoint);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return socket.Poll(AtOnce, SelectMode.SelectWrite);
        }
    }
}
