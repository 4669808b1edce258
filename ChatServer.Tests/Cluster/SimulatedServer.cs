using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Tests.Reliability;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>
/// A server without threads: its entries, its replica, and its clients, which act at random. What they did and received is in their
/// lives. It also notes everything that happens in a channel, as a member that is there all the time sees it.
/// </summary>
internal sealed class SimulatedServer : IReplicaListener
{
    private readonly UnreliableLog _log;
    private readonly Random _random;
    private readonly string[] _channels;
    private readonly OutboundEntries _entries;
    private readonly Replica _replica;
    private readonly List<SimulatedClient> _clients = [];
    private readonly Dictionary<string, List<string>> _orders;

    public SimulatedServer(int number, int clients, UnreliableLog log, Random random, string[] channels)
    {
        (Incarnation, _log, _random, _channels) = (number, log, random, channels);
        _entries = new OutboundEntries(number);
        _replica = new Replica(this);
        _orders = channels.ToDictionary(channel => channel, _ => new List<string>());
        Submit(new LogCommand(CommandKind.Hello) { Text = (ReplicaRig.Settings with { Channels = channels }).ToString() });
        for (int i = 0; i < clients; i++)
        {
            var client = new SimulatedClient(i, new Life($"C{number}.{i}"));
            _clients.Add(client);
            Submit(new LogCommand(CommandKind.Arrive) { Client = i, Text = client.Life.Name });
        }
    }

    public long Incarnation { get; }

    public bool IsDead { get; private set; }

    public long Hash => _replica.Hash;

    public bool HasUnseen => _entries.SentCount > 0 || _entries.WaitingBytes > 0;

    public IEnumerable<Life> Lives => _clients.Select(client => client.Life);

    /// <summary>What happened in each channel.</summary>
    public Dictionary<string, string[]> Orders => _orders.ToDictionary(order => order.Key, order => order.Value.ToArray());

    /// <summary>One of its clients does something, unless it waits.</summary>
    public void Act()
    {
        SimulatedClient client = _clients[_random.Next(_clients.Count)];
        if (IsDead || client.Pending is { } pending && !pending.IsDoneWithin(TimeSpan.Zero))
        {
            return;
        }

        if (client.Pending is not null)
        {
            client.Pending = null;
            client.Life.IsCertain();
        }

        switch (_random.Next(10))
        {
            case < 3:
                string channel = _channels[_random.Next(_channels.Length)];
                client.Life.MovesTo(channel);
                client.Pending = Submit(new LogCommand(CommandKind.Join) { Client = client.Number, Place = channel });
                break;
            case < 9 when client.Life.Channel is not null:
                string text = $"{client.Said++}";
                client.Life.Says(text);
                Submit(new LogCommand(CommandKind.Say) { Client = client.Number, Frames = WireFrame.Encode($"[{client.Life.Name}] {text}") });
                break;
            case 9:
                client.Life.MovesTo(null);
                client.Pending = Submit(new LogCommand(CommandKind.Leave) { Client = client.Number });
                break;
        }
    }

    /// <summary>Sends its next entry, if it may, or all again that it has not seen.</summary>
    public void Send(bool again = false)
    {
        if (IsDead)
        {
            return;
        }

        if (again)
        {
            Array.ForEach(_entries.Unseen(), _log.Send);
        }
        else if (_entries.TakeNext() is byte[] next)
        {
            _log.Send(next);
        }
    }

    /// <summary>Adds its entries directly to the log, so none is lost.</summary>
    public void Flush()
    {
        while (!IsDead && HasUnseen)
        {
            _entries.TakeNext();
            _log.Entries.AddRange(_entries.Unseen());
            Follow(int.MaxValue);
        }
    }

    /// <summary>Reads the next entries of the log.</summary>
    public void Follow(int count)
    {
        for (; count > 0 && _replica.Position < _log.Entries.Count && !IsDead; count--)
        {
            byte[] payload = _log.Entries[(int)_replica.Position];
            Applied applied = _replica.Apply(_replica.Position + 1, payload);
            if (applied.Entry?.Incarnation == Incarnation && !applied.IsVoid)
            {
                LogRequest[]? requests = _entries.Seen(applied.Entry.Number, payload);
                Assert.IsNotNull(requests, "An entry was applied that was not the next one.");
                for (int i = 0; i < requests.Length; i++)
                {
                    requests[i].Complete(applied.Results[i]);
                }
            }
        }
    }

    /// <summary>Its clients leave, and it waits for nothing.</summary>
    public void EndWell()
    {
        foreach (SimulatedClient client in _clients)
        {
            client.Life.Ends(well: true);
            Submit(new LogCommand(CommandKind.Depart) { Client = client.Number });
        }
    }

    /// <summary>It stops at once, without any further entry.</summary>
    public void Die()
    {
        IsDead = true;
        _clients.ForEach(client => client.Life.Ends(well: false));
    }

    public void Declare(SimulatedServer dead) => Submit(new LogCommand(CommandKind.Gone) { Number = dead.Incarnation });

    public void ServerCame(ReplicaServer server)
    {
    }

    public void ServerLeft(ReplicaServer server, bool inOrder)
    {
    }

    public void Created(ReplicaChannel channel)
    {
    }

    public void Removed(ReplicaChannel channel)
    {
    }

    public void Arrived(ReplicaMember member)
    {
    }

    public void Departed(ReplicaMember member)
    {
    }

    public long Entered(ReplicaMember member, ReplicaChannel channel) => Tell(member, channel, Life.Joined(member.Name));

    public long Left(ReplicaMember member, ReplicaChannel channel) => Tell(member, channel, Life.Left(member.Name));

    public long Said(ReplicaMember member, ReplicaChannel channel, ReadOnlyMemory<byte> frames) =>
        Tell(member, channel, WireFrame.Decode(frames.ToArray()));

    public void Ended(ReplicaMember member, EndCause cause, string text)
    {
    }

    public void Closed(ReplicaChannel channel, ReadOnlyMemory<byte> notice)
    {
    }

    public void Announced(ReadOnlyMemory<byte> frames)
    {
    }

    public long Written(ReplicaMember member, ReplicaMember receiver, ReadOnlyMemory<byte> frames) => 0;

    private long Tell(ReplicaMember from, ReplicaChannel channel, string text)
    {
        _orders[channel.Name].Add(text);
        foreach (ReplicaMember member in channel.Members.Where(member => member != from && member.Server == Incarnation))
        {
            _clients[member.Client].Life.Saw([text]);
        }

        return 0;
    }

    private LogRequest Submit(LogCommand command)
    {
        var request = new LogRequest(command);
        _entries.Add(request);
        return request;
    }

    private sealed class SimulatedClient(int number, Life life)
    {
        public int Number => number;

        public Life Life => life;

        public int Said { get; set; }

        public LogRequest? Pending { get; set; }
    }
}
