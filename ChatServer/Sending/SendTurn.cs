namespace ThreadedChat.ChatServer.Sending;

/// <summary>The turns of the writer with one queue: each sends once. Only the writer calls, except <see cref="Close"/>, which any thread may.</summary>
/// <param name="target">The peer.</param>
/// <param name="frames">What is queued.</param>
/// <param name="outgoing">What the writer has taken over of it.</param>
/// <param name="intake">How the peer takes it.</param>
/// <param name="writer">The writer.</param>
internal sealed class SendTurn(ISendTarget target, QueuedFrames frames, OutgoingFrames outgoing, PeerIntake intake, Writer writer)
{
    /// <summary>Sends as much as the peer takes and <paramref name="gather"/> holds. However many segments are queued, they go out in one send.</summary>
    public TurnResult Take(Span<byte> gather)
    {
        if ((outgoing.Segments.IsEmpty || frames.State == QueueState.Closed) && End(0) is not TurnResult.More and var rest)
        {
            return rest;
        }

        ReadOnlySpan<byte> offered = outgoing.Segments.Next(gather);
        int sent = target.Send(offered);
        bool isAfterStall = intake.Note(sent, offered.Length);
        switch (sent)
        {
            case 0:
                return frames.State == QueueState.Closed ? End(0) : TurnResult.Blocked;
            case < 0:
                Abort(CloseReason.ConnectionLost);
                return End(0);
            default:
                outgoing.Segments.Advance(sent);
                writer.Counts.Sent(sent);
                return End(sent, isAfterStall);
        }
    }

    /// <summary>Aborts the connection, for an error in sending to it. If another thread aborts the target, the target closes the queue too; closing twice does nothing.</summary>
    public void Abort(CloseReason reason)
    {
        target.Abort(reason);
        Close();
    }

    /// <summary>Discards the queued frames and takes no more; threads that wait continue.</summary>
    public void Close()
    {
        bool hadMark;
        lock (frames)
        {
            frames.Close();
            hadMark = frames.DropMark();
        }

        if (hadMark)
        {
            writer.Delays.GiveBack(isSent: false);
        }
    }

    private TurnResult End(int sent, bool isAfterStall = false)
    {
        QueueState state;
        bool mustAbort;
        bool hasMore;
        bool hasPassedMark;
        bool hasTakenOver = outgoing.Segments.IsEmpty; // true after EndTurn, which takes over what was appended if nothing is left here
        lock (frames)
        {
            if (isAfterStall)
            {
                frames.EndStall();
            }

            hasPassedMark = frames.HasSentMarked(sent);
            hasMore = frames.EndTurn(sent, ref outgoing.Segments);
            state = frames.State;
            mustAbort = frames.MustAbort;
        }

        if (hasPassedMark)
        {
            writer.Delays.GiveBack(isSent: true);
        }

        if (hasMore)
        {
            writer.Counts.TookOver(hasTakenOver ? outgoing.Segments.Count : 0);
            return TurnResult.More;
        }

        if (state != QueueState.Closed)
        {
            intake.End(); // the rest of a closed queue was discarded
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
        if (!target.EndSending())
        {
            return false;
        }

        lock (frames)
        {
            frames.EndCompletion();
        }

        return true;
    }
}
