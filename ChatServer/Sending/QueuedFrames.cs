using System.Diagnostics;
using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// The state of a send queue: the frames that the writer has yet to take over, how much is queued, and whether it takes more.
/// It is itself the gate of the <see cref="SendQueue"/>: the caller of each method holds it. It is pulsed when waiting threads may continue.
/// </summary>
/// <remarks>One object for the lock and all that it guards: readers and the writer change them in turn, and each further cache line that
/// goes from one processor to the other costs every append and every send.</remarks>
/// <param name="incoming">An empty list.</param>
/// <param name="backlog">An empty backlog.</param>
[DebuggerDisplay("{State}, {Bytes} bytes, congested: {IsCongested}, scheduled: {_isScheduled}")]
internal sealed class QueuedFrames(SegmentList incoming, Backlog backlog)
{
    private Backlog _backlog = backlog; // a struct: its counts lie in this object
    private SegmentList _incoming = incoming;
    private volatile QueueState _state;
    private DelayMark _mark;

    /// <summary>True while the queue is on the writer's list, or the writer has yet to finish its turn with it.</summary>
    private bool _isScheduled;

    /// <summary>May be read without the gate, to see early that the queue is closed.</summary>
    public QueueState State => _state;

    /// <summary>May be read without the gate.</summary>
    public bool IsCongested => _backlog.IsCongested;

    /// <summary>True if its time was over, or if it was late when the queue was closed for any reason: then its channel remembers it (<see cref="StallRecord"/>).</summary>
    public bool EndedLate { get; private set; }

    /// <summary>True if <see cref="EndedLate"/>, or if that would be so if the queue was closed at this moment.</summary>
    public bool IsLate => EndedLate || _backlog.IsLate;

    /// <summary>How many bytes are queued; without the gate, so approximate.</summary>
    public int Bytes => _backlog.Bytes;

    /// <summary>Bytes that the peer has taken in all. May be read without the gate.</summary>
    public long TakenBytes => _backlog.Congestion.TakenInAll;

    /// <summary>True once the peer has shown that it reads.</summary>
    public bool HasReadMuch => _backlog.Congestion.HasReadMuch;

    /// <summary>True once an append was too much: then the writer aborts the connection.</summary>
    public bool MustAbort { get; private set; }

    /// <summary>How slow the peer was when it was disconnected for that.</summary>
    public Slowness Slowness { get; private set; }

    /// <summary>
    /// Adds frames at the end. False if the queue takes no more. Over the hard limit, or without memory for it, the connection is
    /// aborted, so that no frame is missing between two others.
    /// </summary>
    public bool Add(ReadOnlyMemory<byte> frames)
    {
        AssertInvariants();
        if (_state != QueueState.Open)
        {
            return false;
        }

        if (!_incoming.TryAdd(frames) || !_backlog.Add(frames.Length))
        {
            MustAbort = true;
            Slowness = _backlog.Slowness;
            Close();
        }

        return true;
    }

    /// <summary>The message that was added last is the one whose delay is measured.</summary>
    public void MarkLast()
    {
        AssertInvariants();
        _mark.Set(_backlog.Bytes);
    }

    /// <summary>So many bytes were sent. True if the marked message is among them.</summary>
    public bool HasSentMarked(int sent) => _mark.Sent(sent);

    /// <summary>Drops the mark. True if there was one.</summary>
    public bool DropMark()
    {
        AssertInvariants();
        return _mark.Drop();
    }

    /// <summary>Marks the queue as scheduled. True if it was not: then the caller puts it on the writer's list.</summary>
    public bool MarkScheduled()
    {
        Debug.Assert(Monitor.IsEntered(this), "The gate decides which append schedules the queue.");
        bool wasScheduled = _isScheduled;
        _isScheduled = true;
        return !wasScheduled;
    }

    /// <summary>Waits until senders may continue. False if the time is over and the peer is the reason: see <see cref="Backlog.WaitForSpace"/>.</summary>
    public bool WaitForSpace(StallRecord? stalls)
    {
        AssertInvariants();
        return NoteEnd(isSlow: !_backlog.WaitForSpace(this, stalls));
    }

    /// <summary>The same without a wait, and lets waiting senders continue if there is headroom: see <see cref="Backlog.Check"/>.</summary>
    public bool CheckSlowness(StallRecord? stalls)
    {
        AssertInvariants();
        bool isFast = NoteEnd(isSlow: !_backlog.Check(stalls));
        if (!_backlog.IsCongested)
        {
            Monitor.PulseAll(this);
        }

        return isFast;
    }

    /// <summary>The peer has taken nothing of its answers for so long that it is disconnected.</summary>
    public void NoteSilence(TimeSpan silence)
    {
        AssertInvariants();
        Slowness = new Slowness(_backlog.Bytes, silence);
    }

    /// <summary>The peer has taken something although its kernel was full for a while; <see cref="EndTurn"/> follows.</summary>
    public void BeginReading()
    {
        AssertInvariants();
        _backlog.Congestion.BeginReading();
    }

    /// <summary>Takes no more frames. False if that was so before.</summary>
    public bool BeginCompletion()
    {
        AssertInvariants();
        if (_state != QueueState.Open)
        {
            return false;
        }

        _state = QueueState.Completing;
        return true;
    }

    /// <summary>Everything was sent. A queue that was closed in the meantime stays closed.</summary>
    public void EndCompletion()
    {
        AssertInvariants();
        _isScheduled = false;
        if (_state == QueueState.Completing)
        {
            _state = QueueState.Completed;
            Monitor.PulseAll(this);
        }
    }

    /// <summary>Drops the queued frames and takes no more.</summary>
    public void Close()
    {
        Debug.Assert(Monitor.IsEntered(this), "The gate guards the state.");
        _state = QueueState.Closed;
        EndedLate = IsLate; // known only until all is dropped
        _incoming.Clear();
        _incoming.ReleaseUnused();
        _backlog.Clear();
        Monitor.PulseAll(this);
    }

    /// <summary>Releases the memory that a burst has made both lists take, where nothing is queued.</summary>
    public void ReleaseUnused(SegmentList outgoing)
    {
        AssertInvariants();

        // While it is not scheduled the writer does not touch it, and nothing is in either list.
        if (!_isScheduled)
        {
            _incoming.ReleaseUnused();
            outgoing.ReleaseUnused();
        }
    }

    /// <summary>
    /// Counts <paramref name="sent"/> bytes as sent, lets waiting senders continue, and takes over the appended frames once everything
    /// in <paramref name="outgoing"/> is sent. False if nothing is left: from then on an append schedules the queue again.
    /// </summary>
    public bool EndTurn(int sent, ref SegmentList outgoing)
    {
        AssertInvariants();
        if (_state == QueueState.Closed)
        {
            outgoing.Clear();
        }
        else
        {
            if (_backlog.Remove(sent))
            {
                Monitor.PulseAll(this);
            }

            if (outgoing.IsEmpty)
            {
                (_incoming, outgoing) = (outgoing, _incoming);
            }
        }

        // The end of the stream may have to be tried again: until it is done, the queue stays scheduled.
        _isScheduled = !outgoing.IsEmpty || _state == QueueState.Completing;
        return !outgoing.IsEmpty;
    }

    /// <summary>Notes it if the time of the peer is over. Returns whether it is not.</summary>
    private bool NoteEnd(bool isSlow)
    {
        if (isSlow)
        {
            EndedLate = true;
            Slowness = _backlog.Slowness;
        }

        return !isSlow;
    }

    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        Debug.Assert(Monitor.IsEntered(this), "The caller holds the gate.");
        Debug.Assert(_backlog.Bytes >= 0, "The byte count is not negative.");
        Debug.Assert(_state != QueueState.Closed || (_backlog.Bytes == 0 && _incoming.IsEmpty), "A closed queue holds nothing.");
        Debug.Assert(_state != QueueState.Completed || _backlog.Bytes == 0, "A completed queue has sent everything.");
        Debug.Assert(_isScheduled || (_incoming.IsEmpty && _backlog.Bytes == 0), "A queue with frames is scheduled.");
        Debug.Assert(!MustAbort || _state == QueueState.Closed, "A queue that must abort its connection is closed.");
    }
}
