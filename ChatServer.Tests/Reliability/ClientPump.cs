using System.Diagnostics;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>Many clients that one thread serves: they write and read as fast as the server allows it, or at a pace.</summary>
internal static class ClientPump
{
    private const int Chunk = 64 * WireFrame.Size;

    /// <summary>How long a thread pauses that has nothing to do.</summary>
    private const int Pause = 2;

    /// <summary>
    /// Every client sends <paramref name="bytes"/>, whole frames, repeatedly until <paramref name="stop"/> is set, each at most so many bytes a
    /// second. Returns the total of bytes.
    /// </summary>
    public static long Write(WireClient[] clients, byte[] bytes, ManualResetEventSlim stop, double bytesPerSecond = double.PositiveInfinity)
    {
        var written = new long[clients.Length];
        var clock = Stopwatch.StartNew();
        var hasEnded = new bool[clients.Length];
        Array.ForEach(clients, client => client.Socket.Blocking = false);
        while (!stop.IsSet)
        {
            bool hasSent = false;
            for (int i = 0; i < clients.Length; i++)
            {
                int at = (int)(written[i] % bytes.Length);
                int allowed = Math.Min(Allowed(clock, bytesPerSecond, written[i], Chunk), bytes.Length - at);
                if (hasEnded[i] || allowed < 1)
                {
                    continue;
                }

                int sent = clients[i].Socket.Send(bytes, at, allowed, SocketFlags.None, out SocketError error);
                hasEnded[i] = error is not (SocketError.Success or SocketError.WouldBlock);
                written[i] += Math.Max(sent, 0);
                hasSent |= sent > 0;
            }

            if (!hasSent)
            {
                stop.Wait(Pause);
            }
        }

        return written.Sum();
    }

    /// <summary>Every client reads, each at most so many bytes a second, until <paramref name="stop"/> is set. Returns the total of bytes, and the number of ended connections.</summary>
    public static (long Bytes, int Ended) Read(WireClient[] clients, double bytesPerSecond, ManualResetEventSlim stop)
    {
        var buffer = new byte[64 * 1024];
        var read = new long[clients.Length];
        var hasEnded = new bool[clients.Length];
        Array.ForEach(clients, client => client.Socket.Blocking = false);
        var clock = Stopwatch.StartNew();
        while (!stop.IsSet)
        {
            bool hasRead = false;
            for (int i = 0; i < clients.Length; i++)
            {
                int allowed = Allowed(clock, bytesPerSecond, read[i], buffer.Length);
                if (hasEnded[i] || allowed < 1)
                {
                    continue;
                }

                int count = clients[i].Socket.Receive(buffer, 0, allowed, SocketFlags.None, out SocketError error);
                hasEnded[i] = error is not (SocketError.Success or SocketError.WouldBlock) || (error == SocketError.Success && count == 0);
                read[i] += Math.Max(count, 0);
                hasRead |= count > 0;
            }

            if (!hasRead)
            {
                stop.Wait(Pause);
            }
        }

        return (read.Sum(), hasEnded.Count(ended => ended));
    }

    /// <summary>
    /// How many bytes a client may write or read now, at most <paramref name="most"/>. Without a limit there is no product: at the beginning it
    /// would be 0 times infinity, which is not a number, and a receive of 0 bytes looks like the end of the connection.
    /// </summary>
    private static int Allowed(Stopwatch clock, double bytesPerSecond, long done, int most) =>
        double.IsPositiveInfinity(bytesPerSecond) ? most : (int)Math.Clamp((clock.Elapsed.TotalSeconds * bytesPerSecond) - done, 0, most);
}
