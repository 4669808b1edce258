using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// The waits until a peer takes what is queued for it, and what happens if it does not. Senders wait for a bounded time; the client
/// itself, which waits for nobody else, as long as it takes anything.
/// </summary>
/// <param name="target">The peer.</param>
/// <param name="frames">What is queued.</param>
/// <param name="intake">How the peer takes it.</param>
/// <param name="client">What the client of the queue waits for when it sends.</param>
/// <param name="writer">Sends it.</param>
/// <param name="limits">The policy.</param>
/// <param name="time">The clock.</param>
internal sealed class SpaceWait(
    ISendTarget target, QueuedFrames frames, PeerIntake intake, SenderWait client, Writer writer, SendLimits limits, TimeProvider time)
{
    /// <summary>With a small soft limit, too, the answers alone never reach it.</summary>
    private readonly int _mostWithoutWait = Math.Min(MemoryBudget.LeastSoftBytes, limits.AnswerBytes);

    /// <summary>True if more than half of the soft limit is queued: while a channel waits for one member, the other slow ones are a little below the limit.</summary>
    public bool IsLong => frames.Bytes > limits.SoftBytes / 2 || frames.IsCongested;

    /// <summary>A sender waits until there is space, or the peer is disconnected for it.</summary>
    /// <param name="stalls">Of the channel whose senders wait; null if it is none.</param>
    public void Await(StallRecord? stalls)
    {
        bool hasSpace;
        writer.Wake(); // without this nothing might be sent, and there would never be space
        lock (frames)
        {
            hasSpace = frames.WaitForSpace(stalls);
        }

        End(isSlow: !hasSpace, stalls);
    }

    /// <summary>What <see cref="Await"/> would do at this moment, without a wait: let the senders continue, or disconnect the peer.</summary>
    public void Check(StallRecord? stalls)
    {
        bool isSlow;
        writer.Wake();
        lock (frames)
        {
            isSlow = !frames.CheckSlowness(stalls);
        }

        End(isSlow, stalls);
    }

    /// <summary>The peer leaves the channel, for any reason: if it is congested and late, or was when its queue was closed, that is noted.</summary>
    public void NoteStall(StallRecord stalls)
    {
        bool isLate;
        lock (frames)
        {
            isLate = frames.IsLate;
        }

        if (isLate)
        {
            stalls.Note(time.GetTimestamp());
        }
    }

    /// <summary>The client waits until it has read most of what was queued when it began to wait.</summary>
    /// <param name="isAnswered">True if the queued frames have an answer to the client itself; false: it waits only if memory is tight.</param>
    public void AwaitRead(bool isAnswered)
    {
        int most = MostUnread(isAnswered);
        if (frames.Bytes <= most)
        {
            return;
        }

        long end;
        lock (frames)
        {
            end = frames.TakenBytes + frames.Bytes;
        }

        writer.Wake();
        long start = time.GetTimestamp();
        bool hasRead = false;
        client.WaitUntilRead(() =>
            (hasRead = end - frames.TakenBytes <= MostUnread(isAnswered)) || frames.State != QueueState.Open || IsSilentSince(start));
        if (!hasRead)
        {
            EndSilent();
        }
    }

    /// <summary>The most bytes that may wait in the queue. While memory is tight, the queue must be so short that the memory budget does not count it.</summary>
    private int MostUnread(bool isAnswered) =>
        frames.Bytes <= _mostWithoutWait ? int.MaxValue // almost always
        : writer.Memory.IsTight ? _mostWithoutWait
        : isAnswered ? limits.AnswerBytes
        : int.MaxValue;

    /// <summary>True if the peer has taken nothing for long, and the client has waited so long for that.</summary>
    private bool IsSilentSince(long start) => intake.Silence >= limits.AnswerTimeout && time.GetElapsedTime(start) >= limits.AnswerTimeout;

    /// <summary>Disconnects a peer that takes nothing of its own answers, unless it has gone.</summary>
    private void EndSilent()
    {
        lock (frames)
        {
            if (frames.State != QueueState.Open)
            {
                return;
            }

            frames.NoteSilence(intake.Silence ?? TimeSpan.Zero);
        }

        target.Abort(CloseReason.SlowConsumer);
    }

    /// <summary>Disconnects a peer that is too slow. The channel learns of each that ended late at once, and not only when it leaves: others may have stopped with it.</summary>
    private void End(bool isSlow, StallRecord? stalls)
    {
        if (frames.EndedLate)
        {
            stalls?.Note(time.GetTimestamp());
        }

        if (isSlow)
        {
            target.Abort(CloseReason.SlowConsumer);
        }
    }
}
