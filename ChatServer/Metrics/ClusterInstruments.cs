using ThreadedChat.ChatServer.Cluster;

namespace ThreadedChat.ChatServer.Metrics;

/// <summary>The instruments of a server that forms one chat with others. docs/metrics.md says what each one is for.</summary>
internal static class ClusterInstruments
{
    public static void Add(ServerMeter meter, ClusterFigures figures)
    {
        meter.Gauge("threadedchat.cluster.reachable", "1", "1 while the log of the cluster advances, else 0.", () => figures.IsReachable ? 1 : 0);
        meter.Gauge("threadedchat.cluster.servers", "{server}", "Servers that are alive, this one included.", () => figures.Servers);
        meter.Gauge("threadedchat.cluster.position", "{entry}", "Position in the log of the entry that was applied last.", () => figures.Position);
        meter.Gauge("threadedchat.cluster.delay", "s", "Time from adding the last beat to the log to applying it.", () => figures.Delay / 1_000.0);
        meter.Counter("threadedchat.cluster.resent", "{entry}", "Entries that this server has added to the log again.", () => figures.EntriesResent);
        meter.Counter("threadedchat.cluster.void", "{entry}", "Entries that were void: copies, or of a server that is not alive.", () => figures.EntriesVoid);
        meter.Counter("threadedchat.cluster.read", "By", "Bytes of entries that were applied.", () => figures.BytesRead);
        meter.Counter("threadedchat.cluster.lost", "{membership}", "Memberships in the cluster that were lost.", () => figures.MembershipsLost);
    }
}
