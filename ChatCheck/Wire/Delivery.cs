using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>Whether the program at the other end has read the sent bytes, and not only its kernel.</summary>
internal static class Delivery
{
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Waits until the other end has read all of it, at most for <paramref name="limit"/>. False if that cannot be seen:
    /// it is on another machine, the system has no list of sockets, or the limit is zero.
    /// </summary>
    public static bool Await(Socket socket, TimeSpan limit)
    {
        if (limit <= TimeSpan.Zero || !TcpTable.Exists || Ends(socket) is not { } ends)
        {
            return false;
        }

        var wait = new CaseClock.Wait(limit);
        bool isSeen = false;
        while (TcpTable.HasUnread(ends.Here, ends.There) is bool hasUnread)
        {
            isSeen = true;
            if (!hasUnread || wait.IsOver)
            {
                return true;
            }

            Thread.Sleep(LookPause);
        }

        return isSeen; // closed while it was looked at
    }

    /// <summary>Both addresses of a connection; null if it is not connected any more, for instance after a reset.</summary>
    private static (IPEndPoint Here, IPEndPoint There)? Ends(Socket socket)
    {
        try
        {
            return socket is { LocalEndPoint: IPEndPoint here, RemoteEndPoint: IPEndPoint there } ? (here, there) : null;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
