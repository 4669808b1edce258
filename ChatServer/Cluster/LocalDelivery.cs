using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// Delivers what the log does to the clients of this server. Each channel of the cluster has a <see cref="Channel"/> here, with
/// the members of this server only. Never waits: if a client is slow, its senders wait later.
/// </summary>
internal sealed class LocalDelivery(long incarnation, People? people, ChannelRecords records, SlowMembers slow) : IReplicaListener
{
    private readonly Dictionary<int, (Participant Participant, LocalClient Client)> _arriving = [];
    private readonly Dictionary<ReplicaMember, LocalClient> _clients = [];

    private List<ServerNews> _news = [];
    private List<Action<ILocalModeration>> _decisions = [];

    /// <summary>Up to this place all messages are stored already.</summary>
    private readonly RecordPlace? _stored = records.Place;

    private RecordPlace _place;
    private bool _isStoring;

    /// <summary>True once this server is part of the chat. Before that, it only reads what has happened.</summary>
    public bool IsLive { get; private set; }

    /// <summary>
    /// An entry is about to be applied. If it is the last one whose messages this server has stored, those of the following entries are stored
    /// too, although this server is not part of the chat yet: it was away when they were sent.
    /// </summary>
    public void Begin(StoredEntry entry, IEnumerable<ReplicaChannel> channels)
    {
        if (!records.AreKept)
        {
            return;
        }

        _place = PlaceOf(entry, index: -1);
        if (!_isStoring && _stored is RecordPlace stored && IsSame(stored, _place))
        {
            Store(channels);
        }
    }

    /// <summary>The same if a saved state is loaded that ends with this entry.</summary>
    public void Resume(ImageMark mark, IEnumerable<ReplicaChannel> channels)
    {
        if (_stored is RecordPlace stored && (stored.Position, stored.Stamp, stored.Sum) == (mark.Position, mark.Stamp, mark.Sum))
        {
            Store(channels);
        }
    }

    /// <summary>An entry was applied, of this server if <paramref name="isMember"/>.</summary>
    public void End(bool isMember, IEnumerable<ReplicaChannel> channels)
    {
        IsLive |= isMember;
        if (IsLive && !_isStoring)
        {
            Store(channels);
        }

        if (_isStoring && records.AreKept)
        {
            records.Note(_place with { Index = int.MaxValue });
        }
    }

    /// <summary>A client of this server whose arrival is about to be submitted. Under the lock of the replica.</summary>
    public void BeginArrival(Participant participant, LocalClient client) => _arriving[client.Number] = (participant, client);

    /// <summary>A client that does not arrive after all. Under the lock of the replica.</summary>
    public void CancelArrival(LocalClient client) => _arriving.Remove(client.Number);

    /// <summary>What there is to log about other servers since the last call. Under the lock of the replica; it is logged outside.</summary>
    public IReadOnlyList<ServerNews> TakeNews()
    {
        if (_news.Count == 0)
        {
            return [];
        }

        List<ServerNews> news = _news;
        _news = [];
        return news;
    }

    /// <summary>What moderators have decided for this server since the last call. Under the lock of the replica; it is done outside.</summary>
    public IReadOnlyList<Action<ILocalModeration>> TakeDecisions()
    {
        if (_decisions.Count == 0)
        {
            return [];
        }

        List<Action<ILocalModeration>> decisions = _decisions;
        _decisions = [];
        return decisions;
    }

    public void ServerCame(ReplicaServer server)
    {
        if (IsLive)
        {
            _news.Add(new ServerNews(server.Incarnation, HasCome: true));
        }
    }

    public void ServerLeft(ReplicaServer server, bool inOrder)
    {
        if (IsLive && server.Incarnation != incarnation)
        {
            _news.Add(new ServerNews(server.Incarnation, HasCome: false, inOrder));
        }
    }

    public void Created(ReplicaChannel channel) => channel.Local = new Channel(channel.Name, _isStoring ? records.Open(channel.Name) : null);

    public void Removed(ReplicaChannel channel)
    {
        if (_isStoring)
        {
            records.Close(channel.Name);
        }
    }

    public void Arrived(ReplicaMember member)
    {
        if (member.Server == incarnation && _arriving.Remove(member.Client, out var arriving))
        {
            member.Local = arriving.Participant;
            _clients[member] = arriving.Client;
            people?.Add(arriving.Participant); // before another client can write to it
        }
    }

    public void Departed(ReplicaMember member) => _clients.Remove(member);

    public long Entered(ReplicaMember member, ReplicaChannel channel)
    {
        if (member.Local is Participant participant)
        {
            channel.Local!.TryReserve();
            channel.Local.Enter(participant);
            _clients[member].Current = channel;
        }
        else if (IsLive)
        {
            channel.Local!.BroadcastNow(null, Frame.Encode(ProtocolText.Fill(ProtocolText.ClientJoined, member.Name)));
        }

        return Noted(channel, 0);
    }

    public long Left(ReplicaMember member, ReplicaChannel channel)
    {
        if (member.Local is Participant participant)
        {
            channel.Local!.Leave(participant);
            _clients[member].Current = null;
        }
        else if (IsLive)
        {
            channel.Local!.BroadcastNow(null, Frame.Encode(ProtocolText.Fill(ProtocolText.ClientLeft, member.Name)));
        }

        return Noted(channel, 0);
    }

    /// <summary>The frames are copied: otherwise the queue of one slow client would keep many whole entries in memory.</summary>
    public long Said(ReplicaMember member, ReplicaChannel channel, ReadOnlyMemory<byte> frames)
    {
        _place = _place with { Index = _place.Index + 1 };
        bool isStored = _stored is RecordPlace stored && IsSame(stored, _place) && _place.Index <= stored.Index;
        return IsLive || (_isStoring && records.AreKept && !isStored)
            ? Noted(channel, channel.Local!.BroadcastNow(member.Local, frames.ToArray(), _place))
            : 0;
    }

    public long Written(ReplicaMember member, ReplicaMember receiver, ReadOnlyMemory<byte> frames)
    {
        if (receiver.Local is null || people?.MailboxOf(receiver.Name) is not Channel mailbox)
        {
            return 0;
        }

        long bytes = mailbox.BroadcastNow(null, frames.ToArray());
        if (mailbox.HasBackPressure)
        {
            slow.Note(SlowNotice.Mailbox(LookAlike.Key(receiver.Name)), mailbox);
        }

        return bytes;
    }

    public void Ended(ReplicaMember member, EndCause cause, string text)
    {
        if (member.Local is Participant participant)
        {
            participant.IsRemoved = true; // at once: none of its frames is executed any more
            _decisions.Add(moderation => moderation.End(participant, cause, text));
        }
    }

    public void Closed(ReplicaChannel channel, ReadOnlyMemory<byte> notice)
    {
        channel.Local!.TryCloseWithNotice(notice, out _);
        foreach (ReplicaMember member in channel.Members.Where(member => member.Local is not null))
        {
            _clients[member].Current = null;
        }
    }

    public void Announced(ReadOnlyMemory<byte> frames)
    {
        if (IsLive)
        {
            byte[] copy = frames.ToArray();
            _decisions.Add(moderation => moderation.Announce(copy));
        }
    }

    private static bool IsSame(RecordPlace one, RecordPlace other) =>
        (one.Position, one.Stamp, one.Sum) == (other.Position, other.Stamp, other.Sum);

    private static RecordPlace PlaceOf(StoredEntry entry, int index) => new(
        (entry.Stamp - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond, entry.Position, entry.Stamp, LogHash.Sum(entry.Payload.Span), index);

    private void Store(IEnumerable<ReplicaChannel> channels)
    {
        _isStoring = true;
        foreach (ReplicaChannel channel in channels)
        {
            channel.Local!.StoreIn(records.Open(channel.Name));
        }
    }

    private long Noted(ReplicaChannel channel, long bytes)
    {
        if (channel.Local!.HasBackPressure)
        {
            slow.Note(channel.Name, channel.Local);
        }

        return bytes;
    }
}
