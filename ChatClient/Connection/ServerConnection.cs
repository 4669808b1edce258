using System.Net.Sockets;
using ThreadedChat.Common;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>A blocking connection to a server. One thread receives and one sends. Each call is traced if there is a trace.</summary>
internal sealed class ServerConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly ConnectionTrace? _trace;

    // The count of TCP before anything was sent.
    private readonly long _acknowledgedAtStart;

    private ServerConnection(Socket socket, TraceWriter? trace)
    {
        _socket = socket;
        _acknowledgedAtStart = CountAcknowledged();
        _trace = trace is null ? null : new ConnectionTrace(trace, "server", PeerEndPoint.Of(socket));
    }

    /// <summary>How many of the sent bytes have arrived at the server's machine; null if this system does not report it.</summary>
    public long? AcknowledgedBytes => _acknowledgedAtStart > 0 ? CountAcknowledged() - _acknowledgedAtStart : null;

    /// <summary>
    /// Connects to the address of <paramref name="host"/> that answers first. Null if none does: no such host, refused,
    /// unreachable, or no answer in time.
    /// </summary>
    public static ServerConnection? TryOpen(string host, int port, TraceWriter? trace = null)
    {
        Socket? socket = null;
        try
        {
            socket = ConnectRace.Standard.Run(HostAddresses.Find(host), port);
            if (socket is null)
            {
                return null;
            }

            socket.NoDelay = true;
            SilenceLimit.OfProcess.Apply(socket);
            return new ServerConnection(socket, trace);
        }
        catch (Exception e) when (NetworkFault.Is(e))
        {
            socket?.Dispose(); // it was connected, and the connection is lost again
            return null;
        }
    }

    /// <summary>True if there are bytes to receive, or the end of the stream, within <paramref name="wait"/>.</summary>
    public bool AwaitBytes(TimeSpan wait)
    {
        try
        {
            return _socket.Poll(wait, SelectMode.SelectRead);
        }
        catch (Exception e) when (NetworkFault.Is(e))
        {
            return true; // the receive will report it
        }
    }

    /// <summary>Waits for bytes and returns their number; 0 at the end of the stream.</summary>
    /// <exception cref="SocketException">The connection is lost.</exception>
    public int Receive(Span<byte> buffer)
    {
        try
        {
            int count = _socket.Receive(buffer);
            _trace?.Received(count, buffer);
            return count;
        }
        catch (SocketException)
        {
            _trace?.Received(-1, buffer);
            throw;
        }
    }

    /// <summary>Sends all of <paramref name="bytes"/>; waits while the server takes none.</summary>
    /// <exception cref="SocketException">The connection is lost, or the server has ended it.</exception>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        _trace?.BeginSend();
        try
        {
            int count = _socket.Send(bytes);
            _trace?.Sent(bytes, count);
        }
        catch (SocketException)
        {
            _trace?.Sent(bytes, -1);
            throw;
        }
    }

    /// <summary>Tells the server that nothing more will be sent. The server may still send.</summary>
    /// <exception cref="SocketException">The server has closed the connection already.</exception>
    public void EndSending()
    {
        _trace?.EndedSending();
        _socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Must not be called while a thread waits in the socket: that would reset the connection.</summary>
    public void Dispose() => _socket.Dispose();

    /// <summary>From TCP_INFO, on Linux; 0 if it is not available. The first counted byte is not one of the client.</summary>
    private long CountAcknowledged()
    {
        const int TcpLevel = 6;
        const int TcpInfo = 11;
        const int BytesAcknowledged = 120; // tcpi_bytes_acked in struct tcp_info

        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        Span<byte> info = stackalloc byte[256];
        try
        {
            int length = _socket.GetRawSocketOption(TcpLevel, TcpInfo, info);
            return length < BytesAcknowledged + sizeof(long) ? 0 : BitConverter.ToInt64(info[BytesAcknowledged..]);
        }
        catch (Exception e) when (NetworkFault.Is(e))
        {
            return 0;
        }
    }
}
