using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>
/// The calls that receive and send. On Linux straight to the C library, for what .NET's own cannot do (send on a blocking
/// socket without waiting: it would take a poll before each send) or does with more work (receive); elsewhere .NET's.
/// </summary>
/// <remarks>No method throws: a result of 0 or less than 0 means an error.</remarks>
internal static partial class SocketCalls
{
    // Linux, <sys/socket.h> and <errno.h>.
    private const int Peek = 0x02;
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int Interrupted = 4;
    private const int TryAgain = 11;

    /// <summary>Linux, &lt;linux/sockios.h&gt;: SIOCOUTQ.</summary>
    private const nuint UnsentBytes = 0x5411;

    // Linux, <netinet/tcp.h>: TCP_INFO, of which the first byte is the state, and TCP_CLOSE and TCP_CLOSE_WAIT.
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const byte TcpClosed = 7;
    private const byte TcpCloseWait = 8;

    /// <summary>The number of bytes that a writable socket takes without blocking.</summary>
    private const int AlwaysFits = 16 * 1024;

    /// <summary>Waits for bytes. Returns how many: 0 at the end of the stream, less than 0 if the connection is lost.</summary>
    public static int Receive(Socket socket, Span<byte> buffer)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return socket.Receive(buffer);
            }

            nint count;
            do
            {
                count = Receive(socket.SafeHandle, buffer, buffer.Length, 0);
            }
            while (count < 0 && Marshal.GetLastPInvokeError() == Interrupted);
            return (int)count;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return -1;
        }
    }

    /// <summary>Waits for bytes and looks at them: <see cref="Receive(Socket, Span{byte})"/> without taking them.</summary>
    public static int Look(Socket socket, Span<byte> buffer)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return socket.Receive(buffer, SocketFlags.Peek);
            }

            nint count;
            do
            {
                count = Receive(socket.SafeHandle, buffer, buffer.Length, Peek);
            }
            while (count < 0 && Marshal.GetLastPInvokeError() == Interrupted);
            return (int)count;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return -1;
        }
    }

    /// <summary>Looks at the bytes that have arrived, without waiting and without taking them. Returns how many; 0 or less if there are none.</summary>
    public static int LookNow(Socket socket, Span<byte> buffer)
    {
        try
        {
            return !OperatingSystem.IsLinux()
                ? socket.Available > 0 ? socket.Receive(buffer, SocketFlags.Peek) : 0
                : (int)Receive(socket.SafeHandle, buffer, buffer.Length, Peek | DontWait);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return -1;
        }
    }

    /// <summary>Sends all bytes; waits while the peer takes none. False if the connection is lost.</summary>
    public static bool SendAll(Socket socket, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return socket.Send(bytes) == bytes.Length;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>
    /// Sends all bytes within <paramref name="limit"/>, however slowly the peer takes them. False if it has not taken them by then, or the
    /// connection is lost. The limit of .NET and of the kernel begins anew with each part that is taken.
    /// </summary>
    public static bool SendAll(Socket socket, ReadOnlySpan<byte> bytes, TimeSpan limit)
    {
        long start = Stopwatch.GetTimestamp();
        while (!bytes.IsEmpty)
        {
            int sent = SendNow(socket, bytes);
            if (sent < 0 || (sent == 0 && !AwaitRoom(socket, limit - Stopwatch.GetElapsedTime(start))))
            {
                return false;
            }

            bytes = bytes[sent..];
        }

        return true;
    }

    /// <summary>
    /// Receives the bytes that have arrived, without waiting, at most as many as <paramref name="buffer"/> holds. Returns how many: 0 if
    /// there are none now, less than 0 if no more will come.
    /// </summary>
    public static int ReceiveNow(Socket socket, Span<byte> buffer)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                // A socket with nothing to receive that polls as readable is at its end.
                return !socket.Poll(0, SelectMode.SelectRead) ? 0 : socket.Receive(buffer) is int received and > 0 ? received : -1;
            }

            // One call: between a poll and a receive another thread could take the bytes, and this one would wait for more.
            nint count = Receive(socket.SafeHandle, buffer, buffer.Length, DontWait);
            return count > 0 ? (int)count : count < 0 && Marshal.GetLastPInvokeError() is TryAgain or Interrupted ? 0 : -1;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return -1;
        }
    }

    /// <summary>
    /// True if the peer has ended the connection and there is nothing to serve: it was reset, whatever arrived before, or it was
    /// closed gracefully and less than a frame has arrived.
    /// </summary>
    public static bool IsOver(Socket socket)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;
            }

            Span<byte> state = stackalloc byte[1];
            bool isKnown = socket.AddressFamily != AddressFamily.Unix && socket.GetRawSocketOption(TcpLevel, TcpInfo, state) == state.Length;
            if (isKnown && state[0] == TcpClosed)
            {
                return true;
            }

            // In this order: once the end has arrived, all bytes of the peer have.
            bool hasEnded = isKnown && state[0] == TcpCloseWait;
            Span<byte> frame = stackalloc byte[Frame.Size];
            nint count = Receive(socket.SafeHandle, frame, frame.Length, Peek | DontWait);
            return count == 0
                || (count < 0 && Marshal.GetLastPInvokeError() is not (TryAgain or Interrupted))
                || (count < frame.Length && hasEnded);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>
    /// Hands over as many bytes as the kernel takes now, without waiting. Returns how many: 0 if it takes none now,
    /// less than 0 if the connection is lost.
    /// </summary>
    public static int SendNow(Socket socket, ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return socket.Poll(0, SelectMode.SelectWrite) ? socket.Send(bytes[..Math.Min(bytes.Length, AlwaysFits)]) : 0;
            }

            nint sent = Send(socket.SafeHandle, bytes, bytes.Length, DontWait | NoSignal);
            return sent >= 0 ? (int)sent : Marshal.GetLastPInvokeError() is TryAgain or Interrupted ? 0 : -1;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return -1;
        }
    }

    /// <summary>
    /// Bytes that the kernel holds and the peer has not acknowledged; the end of the stream counts as one. 0 if the system does
    /// not report them.
    /// </summary>
    public static int Unsent(Socket socket)
    {
        try
        {
            return OperatingSystem.IsLinux() && Control(socket.SafeHandle, UnsentBytes, out int bytes) == 0 ? bytes : 0;
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
    }

    /// <summary>
    /// True if the connection was reset, or has ended in both directions: the peer acknowledges nothing any more. False if the system does not
    /// report it.
    /// </summary>
    public static bool IsClosed(Socket socket)
    {
        try
        {
            Span<byte> state = stackalloc byte[1];
            return OperatingSystem.IsLinux()
                && socket.AddressFamily != AddressFamily.Unix
                && socket.GetRawSocketOption(TcpLevel, TcpInfo, state) == state.Length
                && state[0] == TcpClosed;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>True while bytes that have arrived wait to be received.</summary>
    public static bool HasInput(Socket socket) => Arrived(socket) > 0;

    /// <summary>The bytes that have arrived and wait to be received.</summary>
    public static int Arrived(Socket socket)
    {
        try
        {
            return socket.Available;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private static bool AwaitRoom(Socket socket, TimeSpan limit)
    {
        try
        {
            return limit > TimeSpan.Zero && socket.Poll(limit, SelectMode.SelectWrite);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(SafeSocketHandle socket, nuint request, out int value);

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(SafeSocketHandle socket, Span<byte> buffer, nint length, int flags);

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes, nint length, int flags);
}
