using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Metrics;

/// <summary>The instruments of the chat itself. docs/metrics.md says what each one is for.</summary>
internal static class ChatInstruments
{
    /// <summary>Adds the instruments that every server has.</summary>
    public static void Add(ServerMeter meter, FigureSource source)
    {
        AddConnections(meter, source);
        AddReceiving(meter, source);
        AddSending(meter, source);
        AddBackPressure(meter, source);
        meter.Counter("threadedchat.faults", "{fault}", "Faults of the server's own code that were caught and logged.", () => source.Current().Faults);
        meter.Gauge("threadedchat.threads", "{thread}", "Threads of the process.", () => ThreadCount.Now());
    }

    /// <summary>Adds the instruments of the history.</summary>
    public static void AddHistory(ServerMeter meter, ChatHistory history)
    {
        meter.Gauge("threadedchat.history.queued", "{message}", "Messages that wait to be written to the history.", () => history.Figures.QueuedMessages);
        meter.Gauge("threadedchat.history.queued.size", "By", "Bytes of frames that wait to be written to the history.", () => history.Figures.QueuedBytes);
        meter.Counter("threadedchat.history.written", "{message}", "Messages that were written to the history.", () => history.Figures.Written);
        meter.Counter("threadedchat.history.missing", "{message}", "Messages that the history lacks: there was no space for them.", () => history.Figures.Missing);
        meter.Counter("threadedchat.history.failures", "{write}", "Writes to the history that failed and were tried again.", () => history.Figures.Failures);
        meter.Gauge("threadedchat.history.write.age", "s", "For how long the write that is running has run.", () => history.Figures.Writing.TotalSeconds);
    }

    private static void AddConnections(ServerMeter meter, FigureSource source)
    {
        meter.Gauge("threadedchat.connections", "{connection}", "Connections by what their reader thread does.", "state",
            () => SnakeCase.Label<ReaderState>(source.Current().ConnectionsByState));
        meter.Gauge("threadedchat.channels", "{channel}", "Channels that exist.", () => source.Current().Channels);
        meter.Counter("threadedchat.connections.accepted", "{connection}", "Connections that the server has accepted, also those that it then rejected.",
            () => source.Current().Accepted);
        meter.Counter("threadedchat.connections.refused", "{connection}", "Connections that the server has rejected, by the limit.", "reason",
            () => SnakeCase.Label<RejectionReason>(source.Current().Refused));
        meter.Counter("threadedchat.connections.closed", "{connection}", "Served connections that have ended, by the reason.", "reason",
            () => SnakeCase.Label<CloseReason>(source.Current().Closed, CloseReason.None));
    }

    private static void AddReceiving(ServerMeter meter, FigureSource source)
    {
        meter.Counter("threadedchat.receives", "{call}", "Receives that returned bytes.", () => source.Current().Receives);
        meter.Counter("threadedchat.received", "By", "Bytes that the readers have received.", () => source.Current().BytesReceived);
        meter.Counter("threadedchat.frames.received", "{frame}", "Whole frames that the readers have received.", () => source.Current().FramesReceived);
    }

    private static void AddSending(ServerMeter meter, FigureSource source)
    {
        meter.Counter("threadedchat.sends", "{call}", "Sends that took bytes.", () => source.Current().Sends);
        meter.Counter("threadedchat.sent", "By", "Bytes that the writer has sent.", () => source.Current().BytesSent);
        meter.Counter("threadedchat.frames.delivered", "{frame}", "Frames that the writer has sent: a message to 20 members counts 20 times.",
            () => source.Current().FramesSent);
        meter.Counter("threadedchat.batches.sent", "{batch}", "Batches and answers that the writer has sent; divided by the sends: batches per send.",
            () => source.Current().BatchesSent);
        meter.Counter("threadedchat.writer.rounds", "{round}", "Rounds of the writer.", () => source.Current().Rounds);
    }

    private static void AddBackPressure(ServerMeter meter, FigureSource source)
    {
        meter.Gauge("threadedchat.queued", "By", "Bytes in all send queues.", () => source.Current().QueuedBytes);
        meter.Gauge("threadedchat.queued.largest", "By", "Bytes in the longest send queue.", () => source.Current().LargestQueue);
        meter.Gauge("threadedchat.queues.congested", "{queue}", "Send queues above the soft limit.", () => source.Current().Congested);
        meter.Gauge("threadedchat.senders.waiting", "{sender}", "Senders that wait, by what they wait for.", "for",
            () => SnakeCase.Label<SenderWaitKind>(source.Current().Waiting, SenderWaitKind.None));
        meter.Gauge("threadedchat.senders.longest_wait", "s", "For how long the sender that waits longest has waited.", () => source.Current().LongestWait.TotalSeconds);
        meter.Counter("threadedchat.senders.waits", "{wait}", "Waits of senders that have ended, by what they waited for.", "for",
            () => SnakeCase.Label<SenderWaitKind>(source.Current().Waits, SenderWaitKind.None));
        meter.Counter("threadedchat.senders.waited", "s", "Time that senders have waited, by what they waited for.", "for",
            () => Enum.GetValues<SenderWaitKind>().Where(kind => kind != SenderWaitKind.None)
                .Select(kind => (SnakeCase.Of(kind), source.Current().Waited[(int)kind].TotalSeconds)));
    }
}
