using System.Diagnostics;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// The one way to a client: what is to be sent to it, in order. Anybody appends; only the <see cref="Writer"/> takes
/// out and sends. Bounded: who sends more than the peer reads is made to wait (<see cref="AwaitRoom"/>), and a peer that
/// does not read is cut off.
/// </summary>
internal sealed class SendQueue : IOutbox
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

    /// <summary>Of the soft limit, the part that must be free before those who wait go on.</summary>
    private const int RoomShare = 8;

    private readonly ISendTarget _target;
    private readonly Writer _writer;
    private readonly SendLimits _limits;
    private readonly TimeProvider _time;

    /// <summary>What this client may cause as a sender. Its own reader thread's; needs no lock.</summary>
    private readonly SenderShare _share;

    /// <summary>
    /// Guards the fields down to <see cref="_hasTurn"/>. A leaf: no other lock is taken and no call is made under it, but to what it
    /// guards. It is also where threads wait for room, for a turn and for completion, so it is a monitor and no <see cref="Lock"/>.
    /// </summary>
    private readonly object _gate = new();

    private readonly Congestion _congestion;
    private readonly QueueMemory _memory;
    private RunList _incoming = new();
    private int _queuedBytes;

    /// <summary>The bytes above which an append has more to do than to append.</summary>
    private int _mark;

    /// <summary>While congested: the bytes down to which the queue must go.</summary>
    private int _roomBytes;

    private volatile State _state; // also looked at without the gate, to see early that all is over
    private volatile bool _isCongested; // the same
    private bool _mustAbort;

    /// <summary>True while this queue is on the writer's list, or the writer has yet to finish its turn with it.</summary>
    private bool _scheduled;

    /// <summary>True where this client, as a sender, may go on from <see cref="AwaitTurn"/>.</summary>
    private bool _hasTurn;

    /// <summary>True where the last send took less than it was offered: so it is the peer that is slow, and not the server. Written by the writer.</summary>
    private volatile bool _isPeerFull;

    /// <summary>What the writer has taken over and not sent yet. The writer's own; needs no lock while the queue is scheduled.</summary>
    private RunList _outgoing = new();

    /// <summary>An empty queue.</summary>
    public SendQueue(ISendTarget target, Writer writer, SendLimits limits, TimeProvider time)
    {
        _target = target;
        _writer = writer;
        _limits = limits;
        _time = time;
        _share = new SenderShare(writer.Senders, limits, time);
        _congestion = new Congestion(time, limits.Patience);
        _memory = new QueueMemory(writer.Memory);
        _mark = Math.Min(_memory.Covered, limits.SoftBytes);
    }

    /// <summary>The next queue on the writer's list: see <see cref="Writer.Schedule"/>.</summary>
    internal SendQueue? NextScheduled { get; set; }

    /// <summary>Milliseconds from the writer's last try to its next; 0 while the peer takes what it is sent. The writer's own.</summary>
    internal int RetryDelay { get; set; }

    /// <inheritdoc/>
    public bool IsOpen => _state == State.Open;

    /// <inheritdoc/>
    public bool IsCongested => _isCongested;

    /// <summary>True once all was sent and the peer told so.</summary>
    public bool IsCompleted => _state == State.Completed;

    /// <summary>How much is queued, at about this moment.</summary>
    public int QueuedBytes => Volatile.Read(ref _queuedBytes);

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

            if (_incoming.TryAdd(frames))
            {
                _queuedBytes += frames.Length;
            }
            else
            {
                CutOff_NeedsGate(); // no memory: as a whole, so that there is no hole
            }

            if (_queuedBytes > _mark)
            {
                PassMark_NeedsGate();
            }

            congested = _isCongested;
            schedule = MarkScheduled_NeedsGate();
        }

        if (schedule)
        {
            _writer.Schedule(this);
        }

        return congested;
    }

    /// <inheritdoc/>
    public void AwaitRoom()
    {
        bool isSlow;
        _writer.Wake(); // or there would be nobody to make room
        lock (_gate)
        {
            isSlow = !HasRoomInTime_NeedsGate();
        }

        if (isSlow)
        {
            _target.Abort(CloseReason.SlowConsumer);
        }
    }

    /// <inheritdoc/>
    public void AwaitTurn()
    {
        _writer.Wake(); // what was appended before must not wait as well
        lock (_gate)
        {
            while (!_hasTurn)
            {
                Monitor.Wait(_gate);
            }

            _hasTurn = false;
        }
    }

    /// <inheritdoc/>
    public void GrantTurn()
    {
        lock (_gate)
        {
            _hasTurn = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <inheritdoc/>
    public void Spend(long bytes)
    {
        TimeSpan wait = _share.Spend(bytes);
        if (wait > TimeSpan.Zero)
        {
            _writer.Wake();
            lock (_gate)
            {
                GateWait.Until(_gate, () => _state != State.Open, _time, wait);
            }
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
            Monitor.PulseAll(_gate);
            schedule = MarkScheduled_NeedsGate();
        }

        if (schedule)
        {
            _writer.Schedule(this);
        }

        _writer.Wake();
    }

    /// <summary>After <see cref="Complete"/>: waits until all is sent, at most <paramref name="limit"/>. False if it was not.</summary>
    public bool AwaitCompletion(TimeSpan limit)
    {
        lock (_gate)
        {
            GateWait.Until(_gate, () => _state != State.Completing, _time, limit);
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

    /// <summary>Gives back the memory that a burst has made both lists take, where nothing is queued.</summary>
    public void ReleaseUnused()
    {
        lock (_gate)
        {
            // While it is not scheduled the writer does not touch it, and nothing is in either list.
            if (!_scheduled)
            {
                _incoming.ReleaseUnused();
                _outgoing.ReleaseUnused();
            }
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

        ReadOnlySpan<byte> offered = _outgoing.Next(gather);
        int sent = _target.Send(offered);
        _isPeerFull = sent < offered.Length;
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
        _target.Abort(reason);
        Close();
    }

    /// <summary>
    /// Notes <paramref name="sent"/> bytes as gone, lets waiting senders go on, and takes over what has come in when all
    /// that was taken before is sent. Idle where that is nothing: from then on an append schedules the queue again.
    /// </summary>
    private DrainResult Settle(int sent)
    {
        State state;
        bool mustAbort;
        lock (_gate)
        {
            state = _state;
            mustAbort = _mustAbort;
            if (state != State.Closed)
            {
                Shorten_NeedsGate(sent);
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

    /// <summary>The queue is empty, or closed: what the end of its life still asks for.</summary>
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

    private bool HasRoomInTime_NeedsGate()
    {
        Debug.Assert(Monitor.IsEntered(_gate), "Congestion is the gate's.");

        // Congested anew counts as having had room in between.
        for (int episode = _congestion.Episode; _congestion.IsOn && _congestion.Episode == episode;)
        {
            TimeSpan left = _congestion.Left;
            if (left > TimeSpan.Zero)
            {
                Monitor.Wait(_gate, GateWait.Milliseconds(left));
            }
            else if (_isPeerFull)
            {
                return false;
            }
            else
            {
                _congestion.Extend();
            }
        }

        return true;
    }

    private void Shorten_NeedsGate(int sent)
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The count is the gate's.");
        _queuedBytes -= sent;
        if (_isCongested && _queuedBytes <= _roomBytes)
        {
            EndCongestion_NeedsGate();
        }

        if (_memory.Update(_queuedBytes))
        {
            SetMark_NeedsGate();
        }
    }

    /// <summary>Over the mark: reports the memory, and looks at the limits.</summary>
    private void PassMark_NeedsGate()
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The count is the gate's.");
        _memory.Update(_queuedBytes);
        int soft = _writer.Memory.Soft(_limits.SoftBytes);
        if (_queuedBytes > soft && !_isCongested)
        {
            _congestion.Begin();
            _isCongested = true;

            // Where the limit has shrunk below what is queued, no more must go than with the whole limit.
            int whole = _limits.SoftBytes;
            _roomBytes = Math.Max(soft - (soft / RoomShare), Math.Min(_queuedBytes, whole) - (whole / RoomShare));
        }

        if (_queuedBytes > _limits.HardBytes)
        {
            CutOff_NeedsGate();
        }

        SetMark_NeedsGate();
    }

    private void SetMark_NeedsGate()
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The mark is the gate's.");
        _mark = Math.Min(_memory.Covered, _isCongested ? _limits.HardBytes : _limits.SoftBytes);
    }

    private void EndCongestion_NeedsGate()
    {
        Debug.Assert(Monitor.IsEntered(_gate), "Congestion is the gate's.");
        _congestion.End();
        _isCongested = false;
        SetMark_NeedsGate();
        Monitor.PulseAll(_gate);
    }

    private bool MarkScheduled_NeedsGate()
    {
        Debug.Assert(Monitor.IsEntered(_gate), "Who schedules is decided under the gate.");
        bool wasScheduled = _scheduled;
        _scheduled = true;
        return !wasScheduled;
    }

    /// <summary>The writer will cut the connection: a channel's gate may be held here, so no socket is touched.</summary>
    private void CutOff_NeedsGate()
    {
        _mustAbort = true;
        Close_NeedsGate();
    }

    private void Close_NeedsGate()
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The state is the gate's.");
        _state = State.Closed;
        _incoming.Clear();
        _incoming.ReleaseUnused();
        _queuedBytes = 0;
        _memory.Update(0);
        EndCongestion_NeedsGate();
    }
}
