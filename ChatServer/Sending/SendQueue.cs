using System.Diagnostics;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// What is to be sent to one client, in order. Any thread appends; only the <see cref="Writer"/> takes
/// out and sends. Bounded: a sender waits where the peer reads less than is sent (<see cref="WaitForSpace"/>), and a peer that
/// does not read is cut off.
/// </summary>
[DebuggerDisplay("{_state}, {QueuedBytes} bytes, congested: {IsCongested}, scheduled: {_scheduled}")]
internal sealed class SendQueue : IOutbox
{
    private enum State
    {
        /// <summary>Takes frames.</summary>
        Open,

        /// <summary>Takes no more; what is queued is still sent, then the stream ends.</summary>
        Completing,

        /// <summary>Everything was sent, and the stream has ended.</summary>
        Completed,

        /// <summary>Cut off: what was queued is dropped.</summary>
        Closed,
    }

    private readonly ISendTarget _target;
    private readonly Writer _writer;
    private readonly TimeProvider _time;

    /// <summary>What this client waits for as a sender.</summary>
    private readonly SenderWait _sender;

    /// <summary>
    /// Guards the fields down to <see cref="_scheduled"/>. A leaf: no other lock is taken and no call is made under it, but to what it
    /// guards. It is also where threads wait for room and for completion, so it is a monitor and no <see cref="Lock"/>.
    /// </summary>
    private readonly object _gate = new();

    private Backlog _backlog;
    private SegmentList _incoming;
    private volatile State _state; // also read without the gate, to see early that it is closed
    private bool _mustAbort;
    private Slowness _slowness;

    /// <summary>True while this queue is on the writer's list, or the writer has yet to finish its turn with it.</summary>
    private bool _scheduled;

    /// <summary>True where the last send took less than it was offered: then the peer is slow, and not the server. Written by the writer.</summary>
    private volatile bool _isPeerFull;

    /// <summary>What the writer has taken over and not sent yet. Only the writer uses it while the queue is scheduled, so it needs no lock.</summary>
    private SegmentList _outgoing;

    /// <summary>An empty queue.</summary>
    public SendQueue(
        ISendTarget target, Writer writer, SendLimits limits, TimeProvider time, Func<int, ReadOnlyMemory<byte>[]>? allocate = null)
    {
        _incoming = new SegmentList(allocate);
        _outgoing = new SegmentList(allocate);
        _target = target;
        _writer = writer;
        _time = time;
        _sender = new SenderWait(writer.Senders, limits, time);
        _backlog = new Backlog(limits, writer.Memory, time);
    }

    /// <summary>The next queue on the writer's list: see <see cref="Writer.Schedule"/>.</summary>
    internal SendQueue? NextScheduled { get; set; }

    /// <summary>Milliseconds from the writer's last try to its next; 0 while the peer takes what it is sent. Only the writer uses it.</summary>
    internal int RetryDelay { get; set; }

    /// <inheritdoc/>
    public bool IsOpen => _state == State.Open;

    /// <inheritdoc/>
    public bool IsCongested => _backlog.IsCongested;

    /// <summary>True once everything was sent and the stream has ended.</summary>
    public bool IsCompleted => _state == State.Completed;

    /// <summary>How many bytes are queued, at about this moment.</summary>
    public int QueuedBytes => _backlog.Bytes;

    /// <summary>How slow the peer was when it was cut off for that.</summary>
    public Slowness Slowness
    {
        get
        {
            lock (_gate)
            {
                return _slowness;
            }
        }
    }

    /// <inheritdoc/>
    public bool Append(ReadOnlyMemory<byte> frames)
    {
        Debug.Assert(frames.Length > 0 && frames.Length % Frame.Size == 0, "Only whole frames leave the server.");
        bool congested;
        bool schedule;
        lock (_gate)
        {
            AssertInvariants_NeedsGate();
            if (_state != State.Open)
            {
                return false;
            }

            // Over the limit, or no memory for it: cut off as a whole, so that there is no hole. The writer does that: a channel's
            // gate may be held here, so no socket is touched.
            if (!_incoming.TryAdd(frames) || !_backlog.Add(frames.Length))
            {
                _mustAbort = true;
                _slowness = _backlog.Slowness;
                Close_NeedsGate();
            }

            congested = _backlog.IsCongested;
            schedule = MarkScheduled_NeedsGate();
        }

        if (schedule)
        {
            _writer.Schedule(this);
        }

        return congested;
    }

    /// <inheritdoc/>
    public void WaitForSpace()
    {
        bool isSlow;
        _writer.Wake(); // or nothing would be sent, and there would never be room
        lock (_gate)
        {
            AssertInvariants_NeedsGate();
            isSlow = !_backlog.WaitForSpace(_gate, () => _isPeerFull);
            _slowness = isSlow ? _backlog.Slowness : _slowness;
        }

        if (isSlow)
        {
            _target.Abort(CloseReason.SlowConsumer);
        }
    }

    /// <inheritdoc/>
    public void WaitForTurn()
    {
        _writer.Wake(); // what was appended before must not wait as well
        _sender.WaitForTurn();
    }

    /// <inheritdoc/>
    public void GrantTurn() => _sender.GrantTurn();

    /// <inheritdoc/>
    public void Spend(long bytes)
    {
        TimeSpan wait = _sender.Spend(bytes);
        if (wait > TimeSpan.Zero)
        {
            _writer.Wake();
            _sender.Pause(wait, () => !IsOpen);
        }
    }

    /// <summary>Takes no more; what is queued is sent, and then the stream ends.</summary>
    public void Complete()
    {
        bool schedule;
        lock (_gate)
        {
            AssertInvariants_NeedsGate();
            if (_state != State.Open)
            {
                return;
            }

            _state = State.Completing;
            schedule = MarkScheduled_NeedsGate();
        }

        if (schedule)
        {
            _writer.Schedule(this);
        }

        _writer.Wake();
    }

    /// <summary>After <see cref="Complete"/>: waits until all is sent, at most <paramref name="limit"/>. False if it was not.</summary>
    public bool WaitForCompletion(TimeSpan limit)
    {
        lock (_gate)
        {
            AssertInvariants_NeedsGate();
            MonitorWait.Until(_gate, () => _state != State.Completing, _time, limit);
            return _state == State.Completed;
        }
    }

    /// <summary>Drops what is queued and takes no more; threads that wait go on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            AssertInvariants_NeedsGate();
            Close_NeedsGate();
        }
    }

    /// <summary>Releases the memory that a burst has made both lists take, where nothing is queued.</summary>
    public void ReleaseUnused()
    {
        lock (_gate)
        {
            AssertInvariants_NeedsGate();
            // While it is not scheduled the writer does not touch it, and nothing is in either list.
            if (!_scheduled)
            {
                _incoming.ReleaseUnused();
                _outgoing.ReleaseUnused();
            }
        }
    }

    /// <summary>
    /// One turn of the writer; only the writer calls. Sends once, as much as the peer takes and <paramref name="gather"/>
    /// holds. However many segments are queued, they go out in one send.
    /// </summary>
    public DrainResult Drain(Span<byte> gather)
    {
        if ((_outgoing.IsEmpty || _state == State.Closed) && CompleteTurn(0) == DrainResult.Idle)
        {
            return DrainResult.Idle;
        }

        ReadOnlySpan<byte> offered = _outgoing.Next(gather);
        int sent = _target.Send(offered);
        _isPeerFull = sent < offered.Length;
        switch (sent)
        {
            case 0:
                return _state == State.Closed ? CompleteTurn(0) : DrainResult.Blocked;
            case < 0:
                Abort(CloseReason.ConnectionLost);
                return CompleteTurn(0);
            default:
                _outgoing.Advance(sent);
                return CompleteTurn(sent);
        }
    }

    /// <summary>Cuts the connection off, for an error in sending to it. The target closes this queue too where others abort it; closing twice does nothing.</summary>
    public void Abort(CloseReason reason)
    {
        _target.Abort(reason);
        Close();
    }

    /// <summary>
    /// Counts <paramref name="sent"/> bytes as sent, lets waiting senders go on, and takes over what was appended once everything
    /// that was taken over before is sent. Idle where nothing was appended: from then on an append schedules the queue again.
    /// </summary>
    private DrainResult CompleteTurn(int sent)
    {
        State state;
        bool mustAbort;
        lock (_gate)
        {
            AssertInvariants_NeedsGate();
            state = _state;
            mustAbort = _mustAbort;
            if (state != State.Closed)
            {
                if (_backlog.Remove(sent))
                {
                    Monitor.PulseAll(_gate);
                }

                if (_outgoing.IsEmpty)
                {
                    (_incoming, _outgoing) = (_outgoing, _incoming);
                }

                if (!_outgoing.IsEmpty)
                {
                    return DrainResult.More;
                }
            }
            else
            {
                _outgoing.Clear();
            }

            _scheduled = false;
        }

        Finish(state, mustAbort);
        return DrainResult.Idle;
    }

    /// <summary>The queue is empty, or closed: does the last step of its life where it has come to that.</summary>
    private void Finish(State state, bool mustAbort)
    {
        if (state == State.Completing)
        {
            _target.EndSending();
            lock (_gate)
            {
                if (_state == State.Completing)
                {
                    _state = State.Completed;
                    Monitor.PulseAll(_gate);
                }
            }
        }
        else if (state == State.Closed && mustAbort)
        {
            _target.Abort(CloseReason.SlowConsumer);
        }
    }

    private bool MarkScheduled_NeedsGate()
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The gate decides which append schedules the queue.");
        bool wasScheduled = _scheduled;
        _scheduled = true;
        return !wasScheduled;
    }

    private void Close_NeedsGate()
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The gate guards the state.");
        _state = State.Closed;
        _incoming.Clear();
        _incoming.ReleaseUnused();
        _backlog.Clear();
        Monitor.PulseAll(_gate);
    }

    [Conditional("DEBUG")]
    private void AssertInvariants_NeedsGate()
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The caller holds the gate.");
        Debug.Assert(_backlog.Bytes >= 0, "The byte count is not negative.");
        Debug.Assert(_state != State.Closed || (_backlog.Bytes == 0 && _incoming.IsEmpty), "A closed queue holds nothing.");
        Debug.Assert(_state != State.Completed || _backlog.Bytes == 0, "A completed queue has sent everything.");
        Debug.Assert(_scheduled || (_incoming.IsEmpty && _backlog.Bytes == 0), "A queue with frames is scheduled.");
        Debug.Assert(!_mustAbort || _state == State.Closed, "A queue that must abort its connection is closed.");
    }
}
