using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>
/// Connects to the address that answers first (RFC 8305, section 5). When an attempt fails or has no answer after a moment, the
/// next one starts, while the earlier ones continue.
/// </summary>
/// <remarks>
/// Each attempt blocks a thread of its own: a .NET socket that was once non-blocking, for an asynchronous call, stays so
/// permanently, and the connection must be blocking.
/// </remarks>
/// <param name="headStart">How long after one attempt the next one starts.</param>
/// <param name="limit">The time for all attempts together.</param>
internal sealed class ConnectRace(TimeSpan headStart, TimeSpan limit)
{
    /// <summary>The head start that RFC 8305 recommends, and a limit that lets TCP ask five times.</summary>
    public static readonly ConnectRace Standard = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(30));

    /// <summary>A connected, blocking socket; null if no address has answered. All other sockets are closed then.</summary>
    public Socket? Run(IReadOnlyList<IPAddress> addresses, int port)
    {
        // Not disposed: a late attempt still reports.
        var reports = new BlockingCollection<(Socket Socket, bool IsConnected)>();
        var sockets = new List<Socket>();
        var waiting = new Queue<IPAddress>(addresses);
        Socket? winner = null;
        int running = 0;
        long began = Stopwatch.GetTimestamp();
        while (winner is null)
        {
            if (waiting.TryDequeue(out IPAddress? address) && TryStart(new IPEndPoint(address, port), reports) is { } socket)
            {
                sockets.Add(socket);
                running++;
            }

            TimeSpan left = limit - Stopwatch.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || (running == 0 && waiting.Count == 0))
            {
                break;
            }

            if (running > 0 && reports.TryTake(out var report, waiting.Count > 0 && headStart < left ? headStart : left))
            {
                running--;
                winner = report.IsConnected ? report.Socket : null;
            }
        }

        sockets.Where(socket => socket != winner).ToList().ForEach(socket => socket.Dispose());
        return winner;
    }

    private static Socket? TryStart(IPEndPoint endPoint, BlockingCollection<(Socket, bool)> reports)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            Socket started = socket;
            var thread = new Thread(() => reports.Add((started, TryConnect(started, endPoint)))) { Name = "connect", IsBackground = true };
            thread.Start();
            return socket;
        }
        catch (Exception e) when (NetworkFault.Is(e))
        {
            socket?.Dispose();
            return null;
        }
    }

    private static bool TryConnect(Socket socket, IPEndPoint endPoint)
    {
        try
        {
            socket.Connect(endPoint);
            return true;
        }
        catch (Exception e) when (NetworkFault.Is(e))
        {
            return false;
        }
    }
}
