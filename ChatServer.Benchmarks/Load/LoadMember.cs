using System.Net;
using System.Net.Sockets;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>The state of a member's connection.</summary>
internal enum MemberState
{
    Unconnected,

    /// <summary>Connected, and waiting for its channel.</summary>
    Joining,

    /// <summary>In its channel; the server has confirmed it.</summary>
    Joined,

    /// <summary>The server has closed its connection.</summary>
    Disconnected,
}

/// <summary>One connection of the load: a non-blocking socket, the frames to send, and an incomplete received frame.</summary>
/// <param name="number">From 0; the <see cref="Ledger"/> derives the channel from it.</param>
/// <param name="channel">The member's channel.</param>
/// <param name="stageLimit">Most messages that may be staged.</param>
internal sealed class LoadMember(int number, LoadChannel channel, int stageLimit) : IDisposable
{
    /// <summary>The frames of the join phase.</summary>
    private const int JoinFrames = 3;

    private readonly byte[] _staged = new byte[Math.Max(JoinFrames, stageLimit) * Frame.Size];
    private readonly byte[] _partial = new byte[Frame.Size];
    private Socket? _socket;
    private int _stagedLength;
    private int _partialLength;

    public int Number => number;

    public LoadChannel Channel => channel;

    public MemberState State { get; set; }

    /// <summary>True while the socket has not taken all staged frames.</summary>
    public bool HasStaged => _stagedLength > 0;

    /// <summary>Connects, which is immediate on the loopback interface, and returns the descriptor.</summary>
    /// <exception cref="SocketException">The connection is refused.</exception>
    public nint Connect(EndPoint server)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect(server);
        _socket.Blocking = false;
        State = MemberState.Joining;
        return _socket.Handle;
    }

    /// <summary>
    /// Space for one more frame, which the next <see cref="Flush"/> sends; empty if the limit is reached.
    /// </summary>
    public Span<byte> Stage()
    {
        if (_stagedLength == _staged.Length)
        {
            return [];
        }

        Span<byte> frame = _staged.AsSpan(_stagedLength, Frame.Size);
        _stagedLength += Frame.Size;
        return frame;
    }

    /// <summary>Sends everything that is staged in one call, and keeps what the socket does not take.</summary>
    public void Flush()
    {
        if (_socket is null || State == MemberState.Disconnected)
        {
            _stagedLength = 0;
            return;
        }

        int sent = _socket.Send(_staged.AsSpan(0, _stagedLength), SocketFlags.None, out _);
        if (sent == _stagedLength)
        {
            _stagedLength = 0;
        }
        else if (sent > 0)
        {
            // The next receive finds a lost connection, so errors are ignored here.
            _staged.AsSpan(sent, _stagedLength - sent).CopyTo(_staged);
            _stagedLength -= sent;
        }
    }

    /// <summary>
    /// Receives into <paramref name="buffer"/>, after the incomplete frame of the last call. Returns the number of bytes of whole
    /// frames; less than 0 if the connection has ended.
    /// </summary>
    public int Receive(Span<byte> buffer)
    {
        _partial.AsSpan(0, _partialLength).CopyTo(buffer);
        int received = _socket!.Receive(buffer[_partialLength..], SocketFlags.None, out SocketError error);
        if (error == SocketError.WouldBlock)
        {
            return 0;
        }

        if (error != SocketError.Success || received == 0)
        {
            return -1;
        }

        int length = _partialLength + received;
        int whole = length - (length % Frame.Size);
        buffer[whole..length].CopyTo(_partial);
        _partialLength = length - whole;
        return whole;
    }

    public void Dispose() => _socket?.Dispose();
}
