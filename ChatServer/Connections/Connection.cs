using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// One accepted socket and its end. Its reader thread receives and disposes, the writer sends; anybody may cut it off
/// with <see cref="Abort"/> or end it politely with <see cref="BeginGracefulClose"/>.
/// </summary>
internal sealed class Connection : ISendTarget, IDisposable
{
    /// <summary>What may be left in the kernel when the socket is closed: a last frame, perhaps two, and the end of the stream.</summary>
    private const int FinalFrames = 2 * Frame.Size;

    /// <summary>Milliseconds between two looks whether the peer has taken all.</summary>
    private const int ShortestLook = 1;
    private const int LongestLook = 32;

    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private readonly ConnectionTrace? _trace;
    private int _reason;

    /// <summary>Takes over <paramref name="socket"/>, which is connected and blocking; tells its calls to <paramref name="trace"/> if there is one.</summary>
    public Connection(
        long id, Socket socket, Writer writer, SendLimits limits, TimeProvider time, TraceWriter? trace = null)
    {
        Id = id;
        _socket = socket;
        _time = time;
        Address = AddressOf(socket);
        Outbox = new SendQueue(this, writer, limits, time);
        Deadline = new Deadline(time);
        _trace = trace is null ? null : new ConnectionTrace(trace, $"#{id}", socket);
    }

    /// <summary>A number of its own, from 1; its reader thread is called <c>reader-</c> and this number.</summary>
    public long Id { get; }

    /// <summary>The peer's address; an IPv4 address is shown as one, also where it came in over IPv6.</summary>
    public IPAddress Address { get; }

    /// <summary>What is to be sent.</summary>
    public SendQueue Outbox { get; }

    /// <summary>By when the peer must have done something.</summary>
    public Deadline Deadline { get; }

    /// <summary>Why it is ending: the first reason given; <see cref="CloseReason.None"/> while it is not.</summary>
    public CloseReason Reason => (CloseReason)Volatile.Read(ref _reason);

    /// <summary>
    /// True where the peer has sent something that its reader has yet to receive: then it is not the peer that is late. Not while
    /// the connection is ending, when what comes is dropped.
    /// </summary>
    public bool HasUnreadInput => Reason == CloseReason.None && SocketCalls.HasInput(_socket);

    /// <summary>
    /// Waits for bytes and puts them into <paramref name="buffer"/>. 0 at the end of the stream; less than 0 where the
    /// connection is lost (error codes vary with who closed and how: nothing is decided on them).
    /// </summary>
    public int Receive(FrameBuffer buffer)
    {
        int count = 0;
        if (buffer.IsLarge)
        {
            // What is lent for a stream in full flow is given back before a wait.
            count = SocketCalls.ReceiveNow(_socket, buffer.Free);
            if (count <= 0)
            {
                buffer.GiveBack();
            }
        }

        if (count <= 0)
        {
            count = SocketCalls.Receive(_socket, buffer.Free);
        }

        _trace?.Received(count, buffer.Free);
        buffer.Received(Math.Max(count, 0));
        return count;
    }

    /// <summary>
    /// Drops what has come from a peer that nobody reads, without waiting, and a bounded amount of it. False once nothing more
    /// will come.
    /// </summary>
    public bool DrainInput()
    {
        Span<byte> buffer = stackalloc byte[4 * 1024];
        int count = 1;
        for (int i = 0; i < 16 && count > 0; i++)
        {
            count = SocketCalls.ReceiveNow(_socket, buffer);
            if (count > 0)
            {
                _trace?.Received(count, buffer);
            }
        }

        return count >= 0;
    }

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<byte> bytes) =>
        _trace is null ? SocketCalls.SendNow(_socket, bytes) : SendTraced(_trace, bytes);

    /// <inheritdoc/>
    public void EndSending()
    {
        _trace?.EndedSending();
        Shutdown(SocketShutdown.Send);
    }

    /// <summary>The peer has given its name.</summary>
    public void Named(string name) => _trace?.Named(name);

    /// <summary>Records why it ends. False where a reason was recorded before: that one stays.</summary>
    public bool TryEnd(CloseReason reason) =>
        Interlocked.CompareExchange(ref _reason, (int)reason, (int)CloseReason.None) == (int)CloseReason.None;

    /// <summary>
    /// Ends politely: what is queued is sent, then the peer is told that it was all; what it still sends is read and
    /// dropped (to close with input unread would reset the connection, and could cost the peer our last words) until it
    /// closes too or <paramref name="limit"/> has passed.
    /// </summary>
    public void BeginGracefulClose(CloseReason reason, TimeSpan limit)
    {
        if (TryEnd(reason))
        {
            Deadline.SetDrainLimit(limit, reason);
            Outbox.Complete();
        }
    }

    /// <inheritdoc/>
    public void Abort(CloseReason reason)
    {
        if (TryEnd(reason))
        {
            _trace?.Note($"cut off: {reason}");
        }

        Outbox.Close();
        Shutdown(SocketShutdown.Both); // wakes the reader; it disposes
    }

    /// <summary>
    /// Waits until the peer has taken what the kernel holds for it, at most for <paramref name="limit"/>. Until then the connection
    /// counts as one: what is left to the kernel of a socket that is closed counts nowhere.
    /// </summary>
    public void WaitUntilTaken(TimeSpan limit)
    {
        long start = _time.GetTimestamp();
        int look = ShortestLook;
        while (Outbox.IsCompleted && SocketCalls.Unsent(_socket) > FinalFrames && _time.GetElapsedTime(start) < limit)
        {
            Thread.Sleep(look);
            look = Math.Min(look * 2, LongestLook);
        }
    }

    /// <summary>
    /// Frees the socket, and what the kernel holds for the peer, but for last words on their way. Only its reader calls this, or
    /// who owns it where it never got one.
    /// </summary>
    public void Dispose()
    {
        if (SocketCalls.Unsent(_socket) > FinalFrames || (Reason == CloseReason.SlowConsumer && !OperatingSystem.IsLinux()))
        {
            DropUnsent();
        }

        _socket.Dispose();
        _trace?.Note($"closed: {Reason}");
    }

    private void DropUnsent()
    {
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Gone already, with all that was held for it.
        }
    }

    private int SendTraced(ConnectionTrace trace, ReadOnlySpan<byte> bytes)
    {
        trace.BeginSend();
        int taken = SocketCalls.SendNow(_socket, bytes);
        trace.Sent(bytes, taken);
        return taken;
    }

    private void Shutdown(SocketShutdown how)
    {
        try
        {
            _socket.Shutdown(how);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The peer was faster: there is nothing left to shut down.
        }
    }

    private static IPAddress AddressOf(Socket socket)
    {
        try
        {
            IPAddress address = ((IPEndPoint)socket.RemoteEndPoint!).Address;
            return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        }
        catch (SocketException)
        {
            return IPAddress.IPv6None; // already gone
        }
    }
}
