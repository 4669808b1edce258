using System.Diagnostics;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// The frames that wait to be sent to one client, in order. Any thread appends; only the <see cref="Writer"/> takes
/// out and sends. Bounded: a sender waits if the peer reads slower than others send (<see cref="WaitForSpace"/>), and a peer that
/// does not read is disconnected.
/// </summary>
[DebuggerDisplay("{_frames}")]
internal sealed class SendQueue : IOutbox
{
    private readonly ISendTarget _target;
    private readonly Writer _writer;
    private readonly SpaceWait _space;
    private readonly SendTurn _turn;
    private readonly TimeProvider _time;

    /// <summary>What the client of this queue waits for when it sends.</summary>
    private readonly SenderWait _sender;

    /// <summary>
    /// The queued frames. The object is also the lock that guards them (see <see cref="QueuedFrames"/>). Under it, a thread takes no other lock
    /// and calls only this object. Threads wait on it for space and for completion, so it is a monitor and not a <see cref="Lock"/>.
    /// </summary>
    private readonly QueuedFrames _frames;

    /// <summary>The same as <c>writer.Delays</c>. A field here, because the fields of the writer change with each turn: to read it there would cost each append a cache miss.</summary>
    private readonly DelaySampler _delays;

    private readonly PeerIntake _intake;

    /// <summary>
    /// True once an append has found the queue closed: the next ones need no gate, so that many closed queues in one channel cost little. A
    /// field here: to read the state before the gate is taken would move the cache line of <see cref="_frames"/> twice for each append.
    /// </summary>
    private volatile bool _hasRejected;

    public SendQueue(
        ISendTarget target, Writer writer, SendLimits limits, TimeProvider time, Func<int, ReadOnlyMemory<byte>[]>? allocate = null)
    {
        _target = target;
        _writer = writer;
        _delays = writer.Delays;
        _time = time;
        _intake = new PeerIntake(time, limits.StallTime);
        _sender = new SenderWait(target, writer, limits, time, hasLeft: () => !IsOpen);
        _frames = new QueuedFrames(new SegmentList(allocate), new Backlog(limits, writer.Memory, _intake, time));
        _space = new SpaceWait(target, _frames, _intake, _sender, writer, limits, time);
        _turn = new SendTurn(target, _frames, new SegmentList(allocate), _intake, writer);
    }

    /// <inheritdoc cref="SendTurn.NextScheduled"/>
    internal SendQueue? NextScheduled
    {
        get => _turn.NextScheduled;
        set => _turn.NextScheduled = value;
    }

    /// <inheritdoc cref="SendTurn.RetryDelay"/>
    internal int RetryDelay
    {
        get => _turn.RetryDelay;
        set => _turn.RetryDelay = value;
    }

    /// <summary>What this client, as a sender, waits for at this moment.</summary>
    public SenderWaitNow Wait => _sender.Now;

    /// <summary>The turns of this client to work for itself alone.</summary>
    public WorkTurn WorkTurn => _sender.Work;

    public bool IsOpen => _frames.State == QueueState.Open;

    public bool IsCongested => _frames.IsCongested;

    public bool HasLongQueue => _space.IsLong;

    /// <summary>True once everything was sent and the stream has ended.</summary>
    public bool IsCompleted => _frames.State == QueueState.Completed;

    /// <summary>How many bytes are queued, approximately.</summary>
    public int QueuedBytes => _frames.Bytes;

    /// <inheritdoc cref="PeerIntake.Lag"/>
    public TimeSpan? Lag => _intake.Lag;

    /// <inheritdoc cref="Congestion.HasReadMuch"/>
    public bool HasReadMuch
    {
        get
        {
            lock (_frames)
            {
                return _frames.HasReadMuch;
            }
        }
    }

    /// <summary>How slow the peer was when it was disconnected for that.</summary>
    public Slowness Slowness
    {
        get
        {
            lock (_frames)
            {
                return _frames.Slowness;
            }
        }
    }

    public bool Append(ReadOnlyMemory<byte> frames)
    {
        Debug.Assert(frames.Length > 0 && frames.Length % Frame.Size == 0, "Only whole frames leave the server.");
        bool congested;
        bool schedule;
        if (_hasRejected)
        {
            return false;
        }

        lock (_frames)
        {
            if (!_frames.Add(frames))
            {
                _hasRejected = true;
                return false;
            }

            // The queue is scheduled even if this append was above the hard limit: then the writer aborts the connection. (The caller may hold a
            // channel's gate, so this thread touches no socket.)
            congested = _frames.IsCongested;
            schedule = _frames.MarkScheduled();
            if (_delays.IsTaken && !_frames.MustAbort && _delays.TryCarry())
            {
                _frames.MarkLast();
            }
        }

        if (schedule)
        {
            _writer.Schedule(this);
        }

        return congested;
    }

    public void WaitForSpace() => _space.Await(stalls: null);

    public void WaitFor(IOutbox member, StallRecord? stalls = null)
    {
        var queue = member as SendQueue;
        _sender.Begin(SenderWaitKind.SlowMember, queue?._target.Id ?? 0);
        try
        {
            if (queue is not null)
            {
                queue._space.Await(stalls);
            }
            else
            {
                member.WaitForSpace();
            }
        }
        finally
        {
            _sender.End();
        }
    }

    public void CheckSlowness(StallRecord? stalls = null) => _space.Check(stalls);

    public void NoteStall(StallRecord stalls) => _space.NoteStall(stalls);

    public void WaitForTurn()
    {
        _writer.Wake(); // what was appended before must not wait as well
        _sender.WaitForTurn();
    }

    public void GrantTurn() => _sender.GrantTurn();

    public void Spend(long bytes)
    {
        TimeSpan wait = _sender.Spend(bytes);
        if (wait > TimeSpan.Zero)
        {
            _writer.Wake();
            _sender.Pause(wait, () => !IsOpen);
        }
    }

    public void Work(long answered, int count = 1)
    {
        _space.AwaitRead(isAnswered: answered > 0);
        if (_sender.Work.MustTake(answered, count))
        {
            _writer.Wake();
            _sender.Work.Take();
        }
    }

    public void EndWork() => _sender.Work.End();

    /// <summary>Takes no more frames; the queued ones are sent, and then the stream ends.</summary>
    public void Complete()
    {
        bool schedule;
        lock (_frames)
        {
            if (!_frames.BeginCompletion())
            {
                return;
            }

            schedule = _frames.MarkScheduled();
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
        lock (_frames)
        {
            MonitorWait.Until(_frames, () => _frames.State != QueueState.Completing, _time, limit);
            return _frames.State == QueueState.Completed;
        }
    }

    /// <inheritdoc cref="SendTurn.Close"/>
    public void Close() => _turn.Close();

    /// <summary>Releases the memory that the queue took in a burst, if nothing is queued.</summary>
    public void ReleaseUnused()
    {
        lock (_frames)
        {
            _frames.ReleaseUnused(_turn.Outgoing);
        }
    }

    /// <summary>One turn of the writer; only the writer calls. See <see cref="SendTurn.Take"/>.</summary>
    public TurnResult TakeTurn(Span<byte> gather) => _turn.Take(gather);

    /// <inheritdoc cref="SendTurn.Abort"/>
    public void Abort(CloseReason reason) => _turn.Abort(reason);
}
