using System.Net;
using System.Net.Sockets;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>How far a member has come.</summary>
internal enum MemberState
{
    /// <summary>Not connected yet.</summary>
    Absent,

    /// <summary>Connected; has asked for its channel.</summary>
    Entering,

    /// <summary>In its channel, as the server has confirmed.</summary>
    Present,

    /// <summary>The server has closed its connection.</summary>
    Gone,
}

/// <summary>One connection of the load: a socket that never blocks, and what is halfway in or out of it.</summary>
/// <param name="number">Its number, from 0; see <see cref="Ledger"/> for what follows from it.</param>
/// <param name="room">The channel it is in.</param>
/// <param name="stageLimit">How many messages it may have staged at a time.</param>
internal sealed class Member(int number, Room room, int stageLimit) : IDisposable
{
    /// <summary>Frames with which it introduces itself.</summary>
    private const int HelloFrames = 3;

    private readonly byte[] _staged = new byte[Math.Max(HelloFrames, stageLimit) * Frame.Size];
    private readonly byte[] _partial = new byte[Frame.Size];
    private Socket? _socket;
    private int _stagedLength;
    private int _partialLength;

    public int Number => number;

    public Room Room => room;

    public MemberState State { get; set; }

    /// <summary>True while there are frames staged that the socket has not taken.</summary>
    public bool HasStaged => _stagedLength > 0;

    /// <summary>Connects, and waits for that: on the loopback it is done at once. Returns the descriptor.</summary>
    /// <exception cref="SocketException">It cannot connect.</exception>
    public nint Connect(EndPoint server)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect(server);
        _socket.Blocking = false;
        State = MemberState.Entering;
        return _socket.Handle;
    }

    /// <summary>
    /// Room for one more frame, which goes out with the next <see cref="Flush"/>; empty where as much is staged as may be.
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

    /// <summary>Sends all that is staged in one call; keeps what the socket does not take.</summary>
    public void Flush()
    {
        if (_socket is null || State == MemberState.Gone)
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
            // A lost connection shows when it is read from, so no error is looked at here.
            _staged.AsSpan(sent, _stagedLength - sent).CopyTo(_staged);
            _stagedLength -= sent;
        }
    }

    /// <summary>
    /// Receives what there is into <paramref name="buffer"/>, behind the beginning of a frame that came before. Returns how
    /// many bytes of whole frames are there; less than 0 where the connection has ended.
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

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();
}
