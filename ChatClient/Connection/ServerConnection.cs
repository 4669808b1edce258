using System.Net.Sockets;
using ThreadedChat.Common;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>A blocking connection to a server. One thread receives and one sends. Each call is traced if there is a trace.</summary>
internal sealed class ServerConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly IServerStream _stream;
    private readonly ConnectionTrace? _trace;

    // The count of TCP before anything was sent.
    private readonly long _acknowledgedAtStart;

    private ServerConnection(Socket socket, IServerStream stream, long acknowledgedAtStart, TraceWriter? trace, bool sendsToken)
    {
        _socket = socket;
        _stream = stream;
        _acknowledgedAtStart = acknowledgedAtStart;
        _trace = trace is null ? null : new ConnectionTrace(trace, "server", PeerEndPoint.Of(socket), sendsToken: sendsToken);
    }

    /// <summary>How many of the sent bytes have arrived at the server's machine; null if this system does not report it.</summary>
    public long? AcknowledgedBytes => _acknowledgedAtStart > 0 ? _stream.Arrived(CountAcknowledged(_socket) - _acknowledgedAtStart) : null;

    /// <summary>A connection without encryption and trace; null if there is none.</summary>
    public static ServerConnection? TryOpen(string host, int port) => TryOpen(host, port, trace: null, tls: null, sendsToken: false, out _, out _);

    /// <summary>
    /// Connects to the address of <paramref name="host"/> that answers first. Null if none does: no such host, refused,
    /// unreachable, or no answer in time; or if there is no agreement on TLS.
    /// </summary>
    /// <param name="host">As typed.</param>
    /// <param name="port">Of the server.</param>
    /// <param name="trace">Null for no trace.</param>
    /// <param name="tls">Null for a connection without encryption.</param>
    /// <param name="sendsToken">True if the first frame has a token, which the trace must not show.</param>
    /// <param name="news">What the user should know about the server; else null.</param>
    /// <param name="fault">Why there is no connection to a server that was reached; else null.</param>
    public static ServerConnection? TryOpen(
        string host, int port, TraceWriter? trace, TlsClient? tls, bool sendsToken, out string? news, out ConnectFault? fault)
    {
        (news, fault) = (null, null);
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
            long acknowledged = CountAcknowledged(socket);
            IServerStream? stream = tls is null ? new PlainServerStream(socket) : tls.TryOpen(socket, host, port, out news, out fault);
            return stream is null ? null : new ServerConnection(socket, stream, acknowledged, trace, sendsToken);
        }
        catch (Exception e) when (NetworkFault.Is(e))
        {
            socket?.Dispose(); // it was connected, and the connection is lost again
            return null;
        }
    }

    /// <summary>True if there are bytes to receive, or the end of the stream, within <paramref name="wait"/>.</summary>
    public bool AwaitBytes(TimeSpan wait) => _stream.AwaitBytes(wait);

    /// <summary>Waits for bytes and returns their number; 0 at the end of the stream.</summary>
    /// <exception cref="SocketException">The connection is lost.</exception>
    public int Receive(Span<byte> buffer)
    {
        try
        {
            int count = _stream.Receive(buffer);
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
            _stream.Send(bytes);
            _trace?.Sent(bytes, bytes.Length);
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
        _stream.EndSending();
    }

    /// <summary>Must not be called while a thread waits in the socket: that would reset the connection.</summary>
    public void Dispose() => _stream.Dispose();

    /// <summary>From TCP_INFO, on Linux; 0 if it is not available. The first counted byte is not one of the client.</summary>
    private static long CountAcknowledged(Socket socket)
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
            int length = socket.GetRawSocketOption(TcpLevel, TcpInfo, info);
            return length < BytesAcknowledged + sizeof(long) ? 0 : BitConverter.ToInt64(info[BytesAcknowledged..]);
        }
        catch (Exception e) when (NetworkFault.Is(e))
        {
            return 0;
        }
    }
}
