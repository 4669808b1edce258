using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>Peers that each send the same bytes, read what comes slowly, and connect again when they are closed, until the end.</summary>
internal sealed class RenewedConnections : IDisposable
{
    private const int ThreadCount = 4;

    private readonly CancellationTokenSource _stop = new();
    private readonly TestThread[] _threads;
    private readonly IPEndPoint _to;
    private readonly byte[] _bytes;
    private readonly IPAddress? _from;
    private long _opened;

    /// <param name="count">How many there are at a time.</param>
    /// <param name="to">Where they connect.</param>
    /// <param name="bytes">What each sends.</param>
    /// <param name="from">Their address, if it matters.</param>
    public RenewedConnections(int count, IPEndPoint to, byte[] bytes, IPAddress? from = null)
    {
        _to = to;
        _bytes = bytes;
        _from = from;
        _threads = [.. Enumerable.Range(0, ThreadCount).Select(i => TestThread.Start($"attacker {i}", () => Run(count / ThreadCount)))];
    }

    /// <summary>How many have connected so far.</summary>
    public long Opened => Interlocked.Read(ref _opened);

    public void Dispose()
    {
        _stop.Cancel();
        Array.ForEach(_threads, thread => thread.AwaitEnd());
        _stop.Dispose();
    }

    private void Run(int count)
    {
        Socket?[] sockets = new Socket?[count];
        while (!_stop.IsCancellationRequested)
        {
            for (int i = 0; i < count; i++)
            {
                if (sockets[i] is not Socket socket || HasEnded(socket))
                {
                    sockets[i]?.Dispose();
                    sockets[i] = TryOpen();
                }
            }
        }

        Array.ForEach(sockets, socket => socket?.Dispose());
    }

    private static bool HasEnded(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead) && socket.Receive(new byte[256]) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private Socket? TryOpen()
    {
        try
        {
            Socket socket = HttpProbe.Connect(_to, receiveBuffer: 4_096, _from);
            Interlocked.Increment(ref _opened);
            socket.Send(_bytes);
            return socket;
        }
        catch (SocketException)
        {
            return null; // out of ports for a moment, or closed already
        }
    }
}
