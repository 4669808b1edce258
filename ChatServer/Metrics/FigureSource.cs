using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Metrics;

/// <summary>
/// Reads what the parts of the server count. Nothing is added up while the chat runs: each thread counts in fields of its own, and
/// they are summed here. One look serves all instruments that are read within a moment.
/// </summary>
internal sealed class FigureSource(
    ConnectionRegistry registry, Admission admission, Writer writer, IChannelView channels, Faults faults)
{
    /// <summary>How long the figures of one look are used.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private static readonly int States = Enum.GetValues<ReaderState>().Length;
    private static readonly int WaitKinds = Enum.GetValues<SenderWaitKind>().Length;

    private volatile Look? _last;

    /// <summary>The figures of the last moment.</summary>
    public ChatFigures Current()
    {
        Look? last = _last;
        if (last is null || Environment.TickCount64 - last.At >= (long)Moment.TotalMilliseconds)
        {
            last = new Look(Read(), Environment.TickCount64);
            _last = last; // two that look at once both look: that only costs time
        }

        return last.Figures;
    }

    public ChatFigures Read()
    {
        var open = new List<Connection>();
        EndedConnections ended = registry.CopyTo(open);
        var byState = new long[States];
        var waiting = new long[WaitKinds];
        (long receives, long bytes, long frames) = (ended.Receives, ended.Bytes, ended.Frames);
        (long queued, long largest, long congested) = (0L, 0L, 0L);
        TimeSpan longest = TimeSpan.Zero;
        foreach (Connection connection in open)
        {
            byState[(int)connection.State]++;
            receives += connection.Activity.Receives;
            bytes += connection.Activity.Bytes;
            frames += connection.Activity.Frames;

            int bytesQueued = connection.Outbox.QueuedBytes;
            queued += bytesQueued;
            largest = Math.Max(largest, bytesQueued);
            congested += connection.Outbox.IsCongested ? 1 : 0;

            SenderWaitNow wait = connection.Outbox.Wait;
            waiting[(int)wait.Kind]++;
            longest = wait.For > longest ? wait.For : longest;
        }

        WriterCounts sent = writer.Counts;
        SenderWaitTotals waits = writer.Waits.Totals;
        return new ChatFigures
        {
            ConnectionsByState = byState,
            Channels = channels.Count,
            Accepted = admission.Accepted,
            Refused = admission.RejectedByReason,
            Closed = ended.ByReason,
            Receives = receives,
            BytesReceived = bytes,
            FramesReceived = frames,
            Sends = sent.Sends,
            BytesSent = sent.Bytes,
            FramesSent = sent.Bytes / Frame.Size,
            BatchesSent = sent.Batches,
            Rounds = sent.Rounds,
            QueuedBytes = queued,
            LargestQueue = largest,
            Congested = congested,
            Waiting = waiting,
            LongestWait = longest,
            Waits = waits.Counts,
            Waited = waits.Times,
            Faults = faults.Count,
        };
    }

    private sealed record Look(ChatFigures Figures, long At);
}
