using System.Runtime.InteropServices;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// The turns of the writer with one queue: each sends once. It has what a turn changes: the frames that the writer has taken over and not sent
/// yet, and the queue's place on the lists of the writer. Only the writer uses it while the queue is scheduled, so it needs no lock;
/// <see cref="Close"/> any thread may call.
/// </summary>
/// <remarks>Each append reads the fields of the queue. With space around these fields a turn leaves those alone: to change them would cost the
/// next append a cache miss.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 184)]
internal sealed class SendTurn
{
    [FieldOffset(64)]
    private SegmentList _outgoing;

    [FieldOffset(72)]
    private SendQueue? _nextScheduled;

    [FieldOffset(80)]
    private int _retryDelay;

    [FieldOffset(88)]
    private readonly ISendTarget _target;

    [FieldOffset(96)]
    private readonly QueuedFrames _frames;

    [FieldOffset(104)]
    private readonly PeerIntake _intake;

    [FieldOffset(112)]
    private readonly Writer _writer;

    /// <param name="target">The peer.</param>
    /// <param name="frames">What is queued.</param>
    /// <param name="outgoing">An empty list.</param>
    /// <param name="intake">How the peer takes what it is sent.</param>
    /// <param name="writer">The writer.</param>
    public SendTurn(ISendTarget target, QueuedFrames frames, SegmentList outgoing, PeerIntake intake, Writer writer)
    {
        _target = target;
        _frames = frames;
        _outgoing = outgoing;
        _intake = intake;
        _writer = writer;
    }

    /// <summary>The frames that the writer has taken over. <see cref="QueuedFrames.EndTurn"/> swaps the list.</summary>
    public SegmentList Outgoing => _outgoing;

    /// <summary>The next queue on the list that this one is on. The thread that puts it there writes.</summary>
    public SendQueue? NextScheduled
    {
        get => _nextScheduled;
        set => _nextScheduled = value;
    }

    /// <summary>Milliseconds from the writer's last try to its next; 0 while the peer takes what it is sent.</summary>
    public int RetryDelay
    {
        get => _retryDelay;
        set => _retryDelay = value;
    }

    /// <summary>Sends as much as the peer takes and <paramref name="gather"/> holds. However many segments are queued, they go out in one send.</summary>
    public TurnResult Take(Span<byte> gather)
    {
        if ((_outgoing.IsEmpty || _frames.State == QueueState.Closed) && End(0) is not TurnResult.More and var rest)
        {
            return rest;
        }

        ReadOnlySpan<byte> offered = _outgoing.Next(gather);
        int sent = _target.Send(offered);
        bool isReading = _intake.Note(sent, offered.Length);
        switch (sent)
        {
            case 0:
                return _frames.State == QueueState.Closed ? End(0) : TurnResult.Blocked;
            case < 0:
                Abort(CloseReason.ConnectionLost);
                return End(0);
            default:
                _outgoing.Advance(sent);
                _writer.Counts.Sent(sent);
                return End(sent, isReading);
        }
    }

    /// <summary>Aborts the connection, for an error in sending to it. If another thread aborts the target, the target closes the queue too; closing twice does nothing.</summary>
    public void Abort(CloseReason reason)
    {
        _target.Abort(reason);
        Close();
    }

    /// <summary>Discards the queued frames and takes no more; threads that wait continue.</summary>
    public void Close()
    {
        bool hadMark;
        lock (_frames)
        {
            _frames.Close();
            hadMark = _frames.DropMark();
        }

        if (hadMark)
        {
            _writer.Delays.GiveBack(isSent: false);
        }
    }

    private TurnResult End(int sent, bool isReading = false)
    {
        QueueState state;
        bool mustAbort;
        bool hasMore;
        bool hasPassedMark;
        bool hasTakenOver = _outgoing.IsEmpty; // true after EndTurn, which takes over what was appended if nothing is left here
        lock (_frames)
        {
            if (isReading)
            {
                _frames.BeginReading();
            }

            hasPassedMark = _frames.HasSentMarked(sent);
            hasMore = _frames.EndTurn(sent, ref _outgoing);
            state = _frames.State;
            mustAbort = _frames.MustAbort;
        }

        if (hasPassedMark)
        {
            _writer.Delays.GiveBack(isSent: true);
        }

        if (hasMore)
        {
            _writer.Counts.TookOver(hasTakenOver ? _outgoing.Count : 0);
            return TurnResult.More;
        }

        if (state != QueueState.Closed)
        {
            _intake.End(); // the rest of a closed queue was discarded
        }

        if (state == QueueState.Completing)
        {
            return TryEndStream() ? TurnResult.Idle : TurnResult.Blocked;
        }

        if (mustAbort)
        {
            Abort(CloseReason.SlowConsumer);
        }

        return TurnResult.Idle;
    }

    private bool TryEndStream()
    {
        if (!_target.EndSending())
        {
            return false;
        }

        lock (_frames)
        {
            _frames.EndCompletion();
        }

        return true;
    }
}
