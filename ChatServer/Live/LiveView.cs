using System.Diagnostics;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Metrics;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Live;

/// <summary>
/// Looks at the connections and channels for the live page. All pages share a look, so more pages do not look more often. A look copies
/// lists under their locks and reads fields; it holds up no thread of the chat.
/// </summary>
internal sealed class LiveView(
    ConnectionRegistry registry, IChannelView channels, FigureSource figures, ShownTexts texts, int softLimit, Func<bool> isStopping)
{
    /// <summary>Time from one look to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Connections and channels that are shown. The sums are of all.</summary>
    internal const int MaxClients = 10_000;
    internal const int MaxChannels = 2_000;

    private readonly long _start = Environment.TickCount64;

    /// <summary>Guards <see cref="_last"/> and <see cref="_channelIds"/>. Under it the locks of the registry and the channel table are taken, which are leaves.</summary>
    private readonly Lock _gate = new();

    private LiveSnapshot? _last;
    private Dictionary<Channel, long> _channelIds = [];
    private long _lastChannelId;

    /// <summary>What may be shown.</summary>
    public ShownTexts Texts => texts;

    /// <summary>Bytes in a send queue above which its client is slow.</summary>
    public int SoftLimit => softLimit;

    /// <summary>The newest look, which is at most <see cref="Interval"/> old.</summary>
    public LiveSnapshot Current()
    {
        lock (_gate)
        {
            long now = Environment.TickCount64 - _start;

            // A little less than the interval: else a page that comes a millisecond early would see every second look.
            if (_last is null || now - _last.At >= (long)(Interval.TotalMilliseconds * 0.8))
            {
                _last = Look_NeedsGate(now);
            }

            return _last;
        }
    }

    /// <summary>The last frames of a connection; null if it is not there, or they are not kept.</summary>
    public IReadOnlyList<RecentFrame>? Frames(long client)
    {
        var open = new List<Connection>();
        registry.CopyTo(open);
        return texts.AreShown ? open.Find(connection => connection.Id == client)?.Recent?.Copy() : null;
    }

    private LiveSnapshot Look_NeedsGate(long now)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The gate guards the last look.");
        Dictionary<long, ChannelRow> channelRows = Channels_NeedsGate();
        var open = new List<Connection>();
        registry.CopyTo(open);
        open.Sort((a, b) => a.Id.CompareTo(b.Id));
        var clients = new Dictionary<long, ClientRow>();
        foreach (Connection connection in open.Take(MaxClients))
        {
            clients.Add(connection.Id, Row(connection));
        }

        return new LiveSnapshot(now, isStopping(), LiveDiff.Of(figures.Read()), clients, channelRows);
    }

    /// <summary>A channel keeps its number while it exists.</summary>
    private Dictionary<long, ChannelRow> Channels_NeedsGate()
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The gate guards the numbers of the channels.");
        Channel[] all = channels.All();
        var ids = new Dictionary<Channel, long>(all.Length);
        var rows = new Dictionary<long, ChannelRow>();
        foreach (Channel channel in all)
        {
            long id = _channelIds.TryGetValue(channel, out long known) ? known : ++_lastChannelId;
            ids.Add(channel, id);
            if (rows.Count < MaxChannels)
            {
                rows.Add(id, new ChannelRow(id, texts.OfChannel(channel.Name)));
            }
        }

        _channelIds = ids;
        return rows;
    }

    private ClientRow Row(Connection connection)
    {
        SendQueue outbox = connection.Outbox;
        SenderWaitNow wait = outbox.Wait;
        Channel? channel = connection.Participant?.Channel;
        return new ClientRow(
            connection.Id,
            texts.OfClient(connection.Participant?.Name),
            channel is null ? 0 : _channelIds.GetValueOrDefault(channel),
            connection.State,
            wait.Kind,
            wait.Member,
            connection.Activity.Partial,
            outbox.QueuedBytes,
            outbox.IsCongested);
    }
}
