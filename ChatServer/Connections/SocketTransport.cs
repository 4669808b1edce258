using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>What all transports over a socket have in common. Owns its socket, which is connected and blocking.</summary>
internal abstract class SocketTransport : ITransport
{
    /// <param name="socket">Connected.</param>
    /// <param name="isProxy">True if the peer is a proxy, which first says for whom it connects.</param>
    protected SocketTransport(Socket socket, bool isProxy)
    {
        Socket = socket;
        TakeUrgentBytes(socket);
        Peer = PeerEndPoint.Of(socket);
        IsPeerKnown = !isProxy || Peer is null;
    }

    public IPEndPoint? Peer { get; private set; }

    public bool IsPeerKnown { get; private set; }

    public virtual string? AuthenticatedName => null;

    public virtual bool HasInput => SocketCalls.HasInput(Socket);

    public virtual bool HoldsInput => false;

    public virtual int ArrivedBytes => SocketCalls.Arrived(Socket);

    public bool IsOver => SocketCalls.IsOver(Socket);

    public virtual int UnsentBytes => SocketCalls.Unsent(Socket) is > 0 and int unsent && !SocketCalls.IsClosed(Socket) ? unsent : 0;

    protected Socket Socket { get; }

    public TransportFault? ReadPeer()
    {
        Span<byte> header = stackalloc byte[ProxyHeader.MaxSize];
        Span<byte> beginning = header[..ProxyHeader.BeginningSize];
        if (!TryFill(beginning))
        {
            return new TransportFault("the proxy has sent no header");
        }

        if (ProxyHeader.LengthOfRest(beginning) is not int length)
        {
            return new TransportFault("what the proxy sends does not begin with a PROXY header of version 2");
        }

        if (length > header.Length - beginning.Length || !TryFill(header.Slice(beginning.Length, length)))
        {
            return new TransportFault("the PROXY header is too long, or ends early");
        }

        if (!ProxyHeader.TryParse(header[..(beginning.Length + length)], out IPEndPoint? client))
        {
            return new TransportFault("the PROXY header is wrong");
        }

        SetPeer(client);
        return null;
    }

    public void ReadPeerNow()
    {
        Span<byte> header = stackalloc byte[ProxyHeader.MaxSize];
        header = header[..Math.Max(0, SocketCalls.LookNow(Socket, header))];
        if (header.Length >= ProxyHeader.BeginningSize
            && ProxyHeader.LengthOfRest(header) is int length
            && length <= header.Length - ProxyHeader.BeginningSize)
        {
            header = header[..(ProxyHeader.BeginningSize + length)];
            if (ProxyHeader.TryParse(header, out IPEndPoint? client) && TryFill(header))
            {
                SetPeer(client);
            }
        }
    }

    /// <summary>macOS would discard what has arrived, and Windows would wake no thread.</summary>
    public void EndReceiving()
    {
        if (OperatingSystem.IsLinux())
        {
            Shutdown(SocketShutdown.Receive);
        }
    }

    public abstract TransportFault? Open(WorkTurn turn);

    public abstract int Receive(Span<byte> buffer);

    public abstract int ReceiveNow(Span<byte> buffer);

    public abstract int SendNow(ReadOnlySpan<byte> bytes);

    public abstract bool EndSending();

    /// <summary>On Windows only the end of both directions wakes a thread that receives.</summary>
    public virtual bool Abort(bool mayEndStream = true)
    {
        bool endsBoth = mayEndStream || OperatingSystem.IsWindows();
        Shutdown(endsBoth ? SocketShutdown.Both : SocketShutdown.Receive);
        return endsBoth;
    }

    public void DiscardUnsent()
    {
        try
        {
            Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The socket is closed, and nothing is held for the peer.
        }
    }

    public virtual void Dispose() => Socket.Dispose();

    protected void Shutdown(SocketShutdown how)
    {
        try
        {
            Socket.Shutdown(how);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The peer has closed first: there is nothing left to shut down.
        }
    }

    /// <summary>
    /// An urgent byte on a Unix socket is a byte like the others then. Otherwise it is never received and always counts as input, so the
    /// peer would never be late.
    /// </summary>
    private static void TakeUrgentBytes(Socket socket)
    {
        try
        {
            if (OperatingSystem.IsLinux() && socket.AddressFamily == AddressFamily.Unix)
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.OutOfBandInline, true);
            }
        }
        catch (SocketException)
        {
            // The peer has closed first.
        }
    }

    /// <summary>Notes for whom the proxy connects; null: for itself, or it does not know.</summary>
    private void SetPeer(IPEndPoint? client)
    {
        Peer = client ?? Peer;
        IsPeerKnown = true;
    }

    /// <summary>Fills the buffer, and receives no byte after that. False if the stream ends before.</summary>
    private bool TryFill(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = SocketCalls.Receive(Socket, bytes);
            if (count <= 0)
            {
                return false;
            }

            bytes = bytes[count..];
        }

        return true;
    }
}
