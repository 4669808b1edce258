using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Http;

/// <summary>A connection whose request has not arrived as a whole. It takes no thread: <see cref="Receive"/> never waits.</summary>
/// <param name="socket">The socket. The code that takes over the request closes it.</param>
internal sealed class HttpHead(Socket socket) : IDisposable
{
    /// <summary>Bytes of a request. A browser's has about one thousand.</summary>
    internal const int MaxRequest = 8 * 1024;

    private byte[] _bytes = new byte[1024];
    private int _count;

    public Socket Socket { get; } = socket;

    /// <summary>The address of the other side.</summary>
    public IPAddress Address { get; } = PeerEndPoint.Of(socket)?.Address ?? IPAddress.None;

    /// <summary>When it began, in the ticks of <see cref="Stopwatch"/>.</summary>
    public long Start { get; } = Stopwatch.GetTimestamp();

    /// <summary>The request, once it has arrived as a whole and is valid.</summary>
    public HttpRequest? Request { get; private set; }

    /// <summary>The status of the answer if there will be no valid request.</summary>
    public int Status { get; private set; } = 400;

    /// <summary>True if the other side has closed before the end of its request.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Receives what has arrived. False while more of the request is to come.</summary>
    public bool Receive()
    {
        while (true)
        {
            int count = SocketCalls.ReceiveNow(Socket, _bytes.AsSpan(_count));
            if (count <= 0)
            {
                IsGone = count < 0;
                return IsGone;
            }

            _count += count;
            if (IsComplete())
            {
                return true;
            }

            if (_count == _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Min(2 * _count, MaxRequest));
            }
        }
    }

    public void Dispose() => Socket.Dispose();

    /// <summary>True if nothing more is to be received: the request ends here, or is too long.</summary>
    private bool IsComplete()
    {
        ReadOnlySpan<byte> received = _bytes.AsSpan(0, _count);
        int end = received.IndexOf("\r\n\r\n"u8);
        if (end >= 0)
        {
            // Bytes behind the request would be a second one, or a body.
            Request = end + 4 == _count ? HttpRequest.TryParse(received[..end]) : null;
            return true;
        }

        Status = _count == MaxRequest ? 431 : Status;
        return _count == MaxRequest;
    }
}
