using System.Diagnostics;
using System.Net;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// One client's connection. Its reader thread receives and disposes, the writer sends. Any thread may abort it with
/// <see cref="Abort"/> or close it with <see cref="BeginGracefulClose"/>.
/// </summary>
[DebuggerDisplay("#{Id} {Address}, {Outbox.QueuedBytes} bytes queued, {Reason}")]
internal sealed class Connection : ISendTarget, IDisposable
{
    /// <summary>Bytes that may be left in the kernel when the socket is closed: one or two last frames, and the end of the stream.</summary>
    private const int FinalFrames = 2 * Frame.Size;

    /// <summary>Milliseconds between two looks whether the peer has taken all.</summary>
    private const int ShortestLook = 1;
    private const int LongestLook = 32;

    private readonly ITransport _transport;
    private readonly TimeProvider _time;
    private readonly ConnectionTrace? _trace;
    private readonly SentFrames _sent = new();
    private volatile Participant? _participant;
    private int _reason;
    private bool _isEndTraced;

    /// <summary>True once the connection is aborted, and what the peer sends still arrives.</summary>
    private volatile bool _isHalfEnded;

    /// <summary>
    /// Takes over <paramref name="transport"/>; reports its calls to <paramref name="trace"/> if there is one, without the token in the
    /// first frame if <paramref name="hasAccounts"/>.
    /// </summary>
    public Connection(
        long id,
        ITransport transport,
        Writer writer,
        SendLimits limits,
        TimeProvider time,
        TraceWriter? trace = null,
        RecentFrames? recent = null,
        bool hasAccounts = false)
    {
        Id = id;
        Recent = recent;
        _transport = transport;
        _time = time;
        Address = transport.Peer?.Address ?? IPAddress.IPv6None;
        Outbox = new SendQueue(this, writer, limits, time);
        Deadline = new Deadline(time);
        Input = new InputEnd(transport, Activity);
        _trace = trace is null ? null : new ConnectionTrace(trace, $"#{id}", transport.Peer, receivesToken: hasAccounts);
    }

    /// <summary>A number of its own, from 1; its reader thread is called <c>reader-</c> and this number.</summary>
    public long Id { get; }

    /// <summary>The peer's address; an IPv4 address is shown as one, also if it arrived over IPv6.</summary>
    public IPAddress Address { get; private set; }

    /// <inheritdoc cref="ITransport.IsPeerKnown"/>
    public bool IsAddressKnown => _transport.IsPeerKnown;

    /// <inheritdoc cref="ITransport.AuthenticatedName"/>
    public string? AuthenticatedName => _transport.AuthenticatedName;

    /// <summary>The frames that wait to be sent.</summary>
    public SendQueue Outbox { get; }

    /// <summary>By when the peer must have done something.</summary>
    public Deadline Deadline { get; }

    /// <summary>The first reason to end the connection; <see cref="CloseReason.None"/> while there is none.</summary>
    public CloseReason Reason => (CloseReason)Volatile.Read(ref _reason);

    /// <summary>What its reader thread counts.</summary>
    public ReaderActivity Activity { get; } = new();

    /// <summary>What is served of its input when the server stops.</summary>
    public InputEnd Input { get; }

    /// <summary>Its last frames, where they are kept.</summary>
    public RecentFrames? Recent { get; }

    /// <summary>The client, once it has given its name.</summary>
    public Participant? Participant => _participant;

    /// <summary>What its reader thread does, approximately: it may have gone on.</summary>
    public ReaderState State =>
        Reason != CloseReason.None ? ReaderState.Leaving
        : Outbox.Wait.Kind != SenderWaitKind.None ? ReaderState.Waiting
        : Activity.IsWorking ? ReaderState.Working
        : _participant is null ? ReaderState.Unnamed
        : ReaderState.Receiving;

    /// <inheritdoc cref="ITransport.IsOver"/>
    public bool IsOver => _transport.IsOver;

    /// <summary>
    /// True if the reader has yet to receive bytes of the peer: then the peer is not late. Not while
    /// the connection is ending, when input is discarded.
    /// </summary>
    public bool HasUnreadInput => Reason == CloseReason.None && _transport.HasInput;

    /// <inheritdoc cref="ITransport.HoldsInput"/>
    public bool HoldsInput => _transport.HoldsInput;

    /// <summary>Waits for what a proxy says about its client; <see cref="Address"/> is then that of the client. Null if it worked.</summary>
    public TransportFault? ReadAddress()
    {
        TransportFault? fault = _transport.ReadPeer();
        NoteAddress();
        return fault;
    }

    /// <summary>The same without waiting: afterwards <see cref="IsAddressKnown"/> is true if the PROXY header has arrived.</summary>
    public void ReadAddressNow()
    {
        _transport.ReadPeerNow();
        NoteAddress();
    }

    /// <inheritdoc cref="ITransport.Open"/>
    public TransportFault? Open() => _transport.Open(Outbox.WorkTurn);

    /// <summary>
    /// Waits for bytes and puts them into <paramref name="buffer"/>. 0 at the end of the stream; less than 0 if the
    /// connection is lost (error codes vary with the way of closing, so no decision depends on them).
    /// </summary>
    public int Receive(FrameBuffer buffer)
    {
        int count = 0;
        Activity.BeginReceive();
        if (buffer.IsLarge)
        {
            // A large buffer, lent for a fast stream, is given back before a wait.
            count = _transport.ReceiveNow(buffer.FreeSpace);
            if (count <= 0)
            {
                buffer.GiveBack();
            }
        }

        if (count <= 0)
        {
            count = _transport.Receive(buffer.FreeSpace);
        }

        if (count > 0 && _isHalfEnded)
        {
            count = -1; // without this, a peer that sends on would keep its reader
        }

        _trace?.Received(count, buffer.FreeSpace);
        Recent?.Received(buffer.FreeSpace[..Math.Max(count, 0)]);
        buffer.Received(Math.Max(count, 0));
        if (count > 0)
        {
            Activity.EndReceive(count);
        }

        return count;
    }

    /// <inheritdoc cref="UnreadInput.Drain"/>
    public bool DrainInput() => UnreadInput.Drain(_transport, _trace);

    /// <summary>Frees a connection that has no reader, without a reset that could cost the peer the final frames.</summary>
    public void DisposeDrained()
    {
        DrainInput();
        Dispose();
    }

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        if (!_sent.TryBegin(out int rest))
        {
            return -1;
        }

        int sent = _trace is null ? _transport.SendNow(bytes) : SendTraced(_trace, bytes);
        _sent.End(rest, sent);
        return sent;
    }

    /// <inheritdoc/>
    public bool EndSending()
    {
        if (Input.MayEndStream() is not StreamEnd.Now and var end)
        {
            return end == StreamEnd.Reset; // its reader does that
        }

        if (!_isEndTraced)
        {
            _isEndTraced = true; // this may be tried again
            _trace?.EndedSending();
        }

        return _transport.EndSending();
    }

    /// <summary>The peer has given its name.</summary>
    public void Named(Participant participant)
    {
        _participant = participant;
        _trace?.Named(participant.Name);
    }

    /// <summary>Records why the connection ends. False if there is an earlier reason: that one stays.</summary>
    public bool TryEnd(CloseReason reason) =>
        Interlocked.CompareExchange(ref _reason, (int)reason, (int)CloseReason.None) == (int)CloseReason.None;

    /// <summary>
    /// Closes gracefully: sends the queued frames, then ends the stream. Input from the peer is read and discarded until the
    /// peer closes or <paramref name="limit"/> has passed. To close with unread input would reset the connection, and the peer
    /// could lose the final frames.
    /// </summary>
    /// <param name="reason">Why.</param>
    /// <param name="limit">The drain timeout.</param>
    /// <param name="finalText">What the peer is told, once, however many ask for the close; null for nothing.</param>
    /// <returns>False if the connection was ending before.</returns>
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
        bool mustReset = Input.MustReset;
        if (mustReset)
        {
            _transport.DiscardUnsent(); // here already: the process may end before its reader disposes
        }

        if (!_transport.Abort(mayEndStream: _sent.Abort() && !mustReset)) // wakes the reader; it disposes
        {
            _isHalfEnded = true;
        }
    }

    /// <summary>
    /// Waits until the peer has taken the bytes that the kernel holds for it, at most for <paramref name="limit"/>. Until then the connection
    /// counts: bytes that the kernel holds for a closed socket are counted nowhere.
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
    /// Frees the socket, and the bytes that the kernel holds for the peer, except the final frames. If the last frame was sent in part, the
    /// connection is reset, and also if input was not served. Only its reader calls this, or its owner if it never got a reader.
    /// </summary>
    public void Dispose()
    {
        if (!_sent.Abort() || Input.MustReset || _transport.UnsentBytes > FinalFrames || (Reason == CloseReason.SlowConsumer && !OperatingSystem.IsLinux()))
        {
            _transport.DiscardUnsent();
        }

        _transport.Dispose();
        _trace?.Note($"closed: {Reason}");
    }

    private void NoteAddress()
    {
        Address = _transport.Peer?.Address ?? Address;
        if (_transport.IsPeerKnown)
        {
            _trace?.Note($"through a proxy, for {_transport.Peer}");
        }
    }

    private int SendTraced(ConnectionTrace trace, ReadOnlySpan<byte> bytes)
    {
        trace.BeginSend();
        int taken = _transport.SendNow(bytes);
        trace.Sent(bytes, taken);
        Recent?.Sent(bytes[..Math.Max(taken, 0)]);
        return taken;
    }
}
