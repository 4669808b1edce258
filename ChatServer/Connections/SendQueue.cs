using System.Diagnostics;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// The one way to a client: what is to be sent to it, in order. Anybody appends; only the <see cref="Writer"/> takes
/// out and sends. Bounded: who sends more than the peer reads is made to wait (<see cref="AwaitRoom"/>), and a peer that
/// does not read is cut off.
/// </summary>
internal sealed class SendQueue(ISendTarget target, Writer writer, SendLimits limits) : IOutbox
{
    private enum State
    {
        /// <summary>Takes frames.</summary>
        Open,

        /// <summary>Takes no more; what is queued is still sent, then the peer is told that it was all.</summary>
        Completing,

        /// <summary>All was sent and the peer told so.</summary>
        Completed,

        /// <summary>Cut off: what was queued is dropped.</summary>
        Closed,
    }

    /// <summary>
    /// Guards the fields down to <see cref="_scheduled"/>. A leaf: no other lock is taken and no call is made under it.
    /// It is also where threads wait for room and for completion, so it is a monitor and no <see cref="Lock"/>.
    /// </summary>
    private readonly object _gate = new();

    private RunList _incoming = new();
    private int _queuedBytes;
    private volatile State _state; // also looked at without the gate, to see early that all is over
    private bool _overflowed;
    private bool _congested;
    private long _congestedSince;

    /// <summary>True while this queue is on the writer's list, or the writer has yet to finish its turn with it.</summary>
    private bool _scheduled;

    /// <summary>What the writer has taken over and not sent yet. The writer's own; needs no lock.</summary>
    private RunList _outgoing = new();

    /// <summary>The next queue on the writer's list: see <see cref="Writer.Schedule"/>.</summary>
    internal SendQueue? NextScheduled { get; set; }

    /// <summary>Milliseconds from the writer's last try to its next; 0 while the peer takes what it is sent. The writer's own.</summary>
    internal int RetryDelay { get; set; }

    /// <inheritdoc/>
    public bool IsOpen => _state == State.Open;

    /// <inheritdoc/>
    public bool Append(ReadOnlyMemory<byte> frames)
    {
        Debug.Assert(frames.Length > 0 && frames.Length % Frame.Size == 0, "Only whole frames leave the server.");
        bool congested;
        bool schedule;
        lock (_gate)
        {
            if (_state != State.Open)
            {
                return false;
            }

            _incoming.Add(frames);
            _queuedBytes += frames.Length;
            if (_queuedBytes > limits.SoftBytes && !_congested)
            {
                _congested = true;
                _congestedSince = Environment.TickCount64;
            }

            congested = _congested;
            if (_queuedBytes > limits.HardBytes)
            {
                // The writer will cut the connection: a channel's gate may be held here, so no socket is touched.
                _overflowed = true;
                Close_NeedsGate();
            }

            schedule = MarkScheduled_NeedsGate();
        }

        if (schedule)
        {
            writer.Schedule(this);
        }

        return congested;
    }

    /// <inheritdoc/>
    public void AwaitRoom()
    {
        bool isSlow;
        writer.Wake(); // or there would be nobody to make room
        lock (_gate)
        {
            // Congested anew counts as having had room in between.
            long since = _congestedSince;
            long deadline = since + (long)limits.Patience.TotalMilliseconds;
            isSlow = !GateWait.Until(_gate, () => !_congested || _congestedSince != since, deadline);
        }

        if (isSlow)
        {
            target.Abort(CloseReason.SlowConsumer);
        }
    }

    /// <summary>Takes no more; what is queued is sent and then the peer is told that it was all.</summary>
    public void Complete()
    {
        bool schedule;
        lock (_gate)
        {
            if (_state != State.Open)
            {
                return;
            }

            _state = State.Completing;
            schedule = MarkScheduled_NeedsGate();
        }

        if (schedule)
        {
            writer.Schedule(this);
        }

        writer.Wake();
    }

    /// <summary>After <see cref="Complete"/>: waits until all is sent, at most <paramref name="limit"/>. False if it was not.</summary>
    public bool AwaitCompletion(TimeSpan limit)
    {
        lock (_gate)
        {
            GateWait.Until(_gate, () => _state != State.Completing, GateWait.In(limit));
            return _state == State.Completed;
        }
    }

    /// <summary>Drops what is queued and takes no more; whoever waits goes on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            Close_NeedsGate();
        }
    }

    /// <summary>
    /// One turn of the writer, and only the writer's: sends once, as much as the peer takes and <paramref name="gather"/>
    /// holds. However many runs are queued, they go out as one send.
    /// </summary>
    public DrainResult Drain(Span<byte> gather)
    {
        if ((_outgoing.IsEmpty || _state == State.Closed) && Settle(0) == DrainResult.Idle)
        {
            return DrainResult.Idle;
        }

        int sent = target.Send(_outgoing.Next(gather));
        switch (sent)
        {
            case 0:
                return _state == State.Closed ? Settle(0) : DrainResult.Blocked;
            case < 0:
                Abort(CloseReason.ConnectionLost);
                return Settle(0);
            default:
                _outgoing.Advance(sent);
                return Settle(sent);
        }
    }

    /// <summary>Cuts the connection, for an error in sending to it.</summary>
    public void Abort(CloseReason reason)
    {
        target.Abort(reason);
        Close();
    }

    /// <summary>
    /// Notes <paramref name="sent"/> bytes as gone, lets waiting senders go on, and takes over what has come in when all
    /// that was taken before is sent. Idle where that is nothing: from then on an append schedules the queue again.
    /// </summary>
    private DrainResult Settle(int sent)
    {
        State state;
        lock (_gate)
        {
            _queuedBytes -= sent;
            if (_congested && _queuedBytes <= limits.SoftBytes / 2)
            {
                _congested = false;
                Monitor.PulseAll(_gate);
            }

            state = _state;
            if (state != State.Closed)
            {
                if (_outgoing.IsEmpty)
                {
                    (_incoming, _outgoing) = (_outgoing, _incoming);
                }

                if (!_outgoing.IsEmpty)
                {
                    return DrainResult.More;
                }
            }

            _scheduled = false;
        }

        Finish(state);
        return DrainResult.Idle;
    }

    /// <summary>The queue is empty, or closed: what the end of its life still asks for.</summary>
    private void Finish(State state)
    {
        if (state == State.Completing)
        {
            target.EndSending();
            lock (_gate)
            {
                if (_state == State.Completing)
                {
                    _state = State.Completed;
                    Monitor.PulseAll(_gate);
                }
            }
        }
        else if (state == State.Closed)
        {
            _outgoing.Clear();
            if (_overflowed)
            {
                target.Abort(CloseReason.SlowConsumer);
            }
        }
    }

    private bool MarkScheduled_NeedsGate()
    {
        bool wasScheduled = _scheduled;
        _scheduled = true;
        return !wasScheduled;
    }

    private void Close_NeedsGate()
    {
        _state = State.Closed;
        _incoming.Clear();
        _queuedBytes = 0;
        _congested = false;
        Monitor.PulseAll(_gate);
    }
}
