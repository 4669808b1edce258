using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>Sends on a blocking socket without ever blocking.</summary>
internal static partial class NonBlockingSend
{
    // Linux, <sys/socket.h> and <errno.h>.
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int TryAgain = 11;

    /// <summary>What a socket that polls as writable takes without blocking.</summary>
    private const int AlwaysFits = 16 * 1024;

    /// <summary>
    /// Hands over as many bytes as the kernel takes now: 0 where that is none, less than 0 where the connection is lost.
    /// On Linux one system call that is told not to wait, which .NET's own Send cannot be told on a blocking socket;
    /// elsewhere two, a poll before the send.
    /// </summary>
    public static int Send(Socket socket, ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return socket.Poll(0, SelectMode.SelectWrite) ? socket.Send(bytes[..Math.Min(bytes.Length, AlwaysFits)]) : 0;
            }

            nint sent = SendNow(socket.SafeHandle, bytes, bytes.Length, DontWait | NoSignal);
            return sent >= 0 ? (int)sent : Marshal.GetLastPInvokeError() == TryAgain ? 0 : -1;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return -1;
        }
    }

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint SendNow(SafeSocketHandle socket, ReadOnlySpan<byte> bytes, nint length, int flags);
}
