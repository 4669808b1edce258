using System.Diagnostics;
using System.Net;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// One client's connection. Its reader thread receives and disposes, the writer sends. Any thread may cut it off with
/// <see cref="Abort"/> or close it with <see cref="BeginGracefulClose"/>.
/// </summary>
[DebuggerDisplay("#{Id} {Address}, {Outbox.QueuedBytes} bytes queued, {Reason}")]
internal sealed class Connection : ISendTarget, IDisposable
{
    /// <summary>What may be left in the kernel when the socket is closed: a last frame, perhaps two, and the end of the stream.</summary>
    private const int FinalFrames = 2 * Frame.Size;

    /// <summary>Milliseconds between two looks whether the peer has taken all.</summary>
    private const int ShortestLook = 1;
    private const int LongestLook = 32;

    private readonly ITransport _transport;
    private readonly TimeProvider _time;
    private readonly ConnectionTrace? _trace;
    private int _reason;

    /// <summary>
    /// Takes over <paramref name="transport"/>; tells its calls to <paramref name="trace"/> if there is one, without the token in the
    /// first frame where <paramref name="hasAccounts"/>.
    /// </summary>
    public Connection(
        long id, ITransport transport, Writer writer, SendLimits limits, TimeProvider time, TraceWriter? trace = null, bool hasAccounts = false)
    {
        Id = id;
        _transport = transport;
        _time = time;
        Address = transport.Peer?.Address ?? IPAddress.IPv6None;
        Outbox = new SendQueue(this, writer, limits, time);
        Deadline = new Deadline(time);
        _trace = trace is null ? null : new ConnectionTrace(trace, $"#{id}", transport.Peer, receivesToken: hasAccounts);
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

    /// <inheritdoc cref="ITransport.IsOver"/>
    public bool IsOver => _transport.IsOver;

    /// <summary>
    /// True where the peer has sent something that its reader has yet to receive: then it is not the peer that is late. Not while
    /// the connection is ending, when what comes is dropped.
    /// </summary>
    public bool HasUnreadInput => Reason == CloseReason.None && _transport.HasInput;

    /// <summary>
    /// Waits for bytes and puts them into <paramref name="buffer"/>. 0 at the end of the stream; less than 0 where the
    /// connection is lost (error codes vary with who closed and how: nothing is decided on them).
    /// </summary>
    public int Receive(FrameBuffer buffer)
    {
        int count = 0;
        if (buffer.IsLarge)
        {
            // A large buffer, lent for a fast stream, is given back before a wait.
            count = _transport.ReceiveNow(buffer.Free);
            if (count <= 0)
            {
                buffer.GiveBack();
            }
        }

        if (count <= 0)
        {
            count = _transport.Receive(buffer.Free);
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
            count = _transport.ReceiveNow(buffer);
            if (count > 0)
            {
                _trace?.Received(count, buffer);
            }
        }

        return count >= 0;
    }

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<byte> bytes) =>
        _trace is null ? _transport.SendNow(bytes) : SendTraced(_trace, bytes);

    /// <inheritdoc/>
    public void EndSending()
    {
        _trace?.EndedSending();
        _transport.EndSending();
    }

    /// <summary>The peer has given its name.</summary>
    public void Named(string name) => _trace?.Named(name);

    /// <summary>Records why it ends. False where a reason was recorded before: that one stays.</summary>
    public bool TryEnd(CloseReason reason) =>
        Interlocked.CompareExchange(ref _reason, (int)reason, (int)CloseReason.None) == (int)CloseReason.None;

    /// <summary>
    /// Closes gracefully: sends what is queued, then ends the stream. What the peer still sends is read and dropped, until the
    /// peer closes or <paramref name="limit"/> has passed. To close with unread input would reset the connection, and the peer
    /// could lose the final frames.
    /// </summary>
    /// <param name="reason">Why.</param>
    /// <param name="limit">The drain timeout.</param>
    /// <param name="finalText">What the peer is told, once, however many ask for the close; null for nothing.</param>
    /// <returns>False where the connection was ending before.</returns>
    public bool BeginGracefulClose(CloseReason reason, TimeSpan limit, string? finalText = null)
    {
        if (!TryEnd(reason))
        {
            return false;
        }

        Deadline.SetDrainLimit(limit, reason);
        if (finalText is not null)
        {
            Outbox.Append(Frame.Encode(finalText));
        }

        Outbox.Complete();
        return true;
    }

    /// <inheritdoc/>
    public void Abort(CloseReason reason)
    {
        if (TryEnd(reason))
        {
            _trace?.Note($"cut off: {reason}");
        }

        Outbox.Close();
        _transport.Abort(); // wakes the reader; it disposes
    }

    /// <summary>
    /// Waits until the peer has taken what the kernel holds for it, at most for <paramref name="limit"/>. Until then the connection
    /// counts as one: what the kernel holds for a closed socket is counted nowhere.
    /// </summary>
    public void WaitUntilTaken(TimeSpan limit)
    {
        long start = _time.GetTimestamp();
        int look = ShortestLook;
        while (Outbox.IsCompleted && _transport.UnsentBytes > FinalFrames && _time.GetElapsedTime(start) < limit)
        {
            Thread.Sleep(look);
            look = Math.Min(look * 2, LongestLook);
        }
    }

    /// <summary>
    /// Frees the socket, and what the kernel holds for the peer, except the final frames. Only its reader calls this, or
    /// its owner where it never got a reader.
    /// </summary>
    public void Dispose()
    {
        if (_transport.UnsentBytes > FinalFrames || (Reason == CloseReason.SlowConsumer && !OperatingSystem.IsLinux()))
        {
            _transport.DiscardUnsent();
        }

        _transport.Dispose();
        _trace?.Note($"closed: {Reason}");
    }

    private int SendTraced(ConnectionTrace trace, ReadOnlySpan<byte> bytes)
    {
        trace.BeginSend();
        int taken = _transport.SendNow(bytes);
        trace.Sent(bytes, taken);
        return taken;
    }
}
