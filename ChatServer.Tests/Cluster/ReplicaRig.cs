using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>A replica, and a writer of its log.</summary>
internal sealed class ReplicaRig : IReplicaListener
{
    public static readonly ClusterSettings Settings = new(
        MaxChannels: 100, UniqueNames: false, StrictNames: false, MayCreate: true, ChannelTtl: 0, ServerTimeout: 12, HasAccounts: false, Channels: []);

    private readonly Dictionary<long, long> _next = [];

    public ReplicaRig() => Replica = new Replica(this);

    public Replica Replica { get; }

    /// <summary>What has happened in the channels, in order: <c>tea: Ana has joined</c>.</summary>
    public List<string> Events { get; } = [];

    /// <summary>The log up to now.</summary>
    public List<byte[]> Log { get; } = [];

    /// <summary>A server starts.</summary>
    public Applied Hello(long server, ClusterSettings? settings = null) =>
        Add(server, new LogCommand(CommandKind.Hello) { Text = (settings ?? Settings).ToString() });

    /// <summary>The next entry of a server.</summary>
    public Applied Add(long server, params LogCommand[] commands)
    {
        long number = _next.GetValueOrDefault(server);
        Applied applied = AddNumbered(server, number, commands);
        _next[server] = number + 1;
        return applied;
    }

    /// <summary>An entry with any number.</summary>
    public Applied AddNumbered(long server, long number, params LogCommand[] commands)
    {
        Log.Add(EntryCodec.Encode(new ServerEntry(server, number, commands)));
        return Replica.Apply(Log.Count, Log[^1]);
    }

    /// <summary>The result of the only command.</summary>
    public CommandOutcome Do(long server, LogCommand command)
    {
        Applied applied = Add(server, command);
        return applied.IsVoid ? CommandOutcome.Void : applied.Results.Single().Outcome;
    }

    public CommandOutcome Arrive(long server, int client, string name, string address = "") =>
        Do(server, new LogCommand(CommandKind.Arrive) { Client = client, Text = name, Place = address });

    public CommandOutcome Create(long server, int client, string channel) =>
        Do(server, new LogCommand(CommandKind.Create) { Client = client, Place = channel });

    public CommandOutcome Join(long server, int client, string channel) =>
        Do(server, new LogCommand(CommandKind.Join) { Client = client, Place = channel });

    public CommandOutcome Say(long server, int client, string text) =>
        Do(server, new LogCommand(CommandKind.Say) { Client = client, Frames = WireFrame.Encode(text) });

    public void ServerCame(ReplicaServer server) => Events.Add($"server {server.Incarnation} comes");

    public void ServerLeft(ReplicaServer server, bool inOrder) => Events.Add($"server {server.Incarnation} {(inOrder ? "stops" : "is gone")}");

    public void Created(ReplicaChannel channel) => Events.Add($"{channel.Name} is there");

    public void Removed(ReplicaChannel channel) => Events.Add($"{channel.Name} is removed");

    public void Arrived(ReplicaMember member)
    {
    }

    public void Departed(ReplicaMember member)
    {
    }

    public long Entered(ReplicaMember member, ReplicaChannel channel)
    {
        Events.Add($"{channel.Name}: {member.Name} has joined");
        return 0;
    }

    public long Left(ReplicaMember member, ReplicaChannel channel)
    {
        Events.Add($"{channel.Name}: {member.Name} has left");
        return 0;
    }

    public long Said(ReplicaMember member, ReplicaChannel channel, ReadOnlyMemory<byte> frames)
    {
        Events.Add($"{channel.Name}: {WireFrame.Decode(frames.ToArray())}");
        return 0;
    }

    public void Ended(ReplicaMember member, EndCause cause, string text) => Events.Add($"{member.Name} of {member.Server} is ended: {cause}: {text}");

    public void Closed(ReplicaChannel channel, ReadOnlyMemory<byte> notice) =>
        Events.Add($"{channel.Name} with {channel.Members.Count} is closed: {WireFrame.Decode(notice.ToArray())}");

    public void Announced(ReadOnlyMemory<byte> frames) => Events.Add($"to all: {WireFrame.Decode(frames.ToArray())}");

    public long Written(ReplicaMember member, ReplicaMember receiver, ReadOnlyMemory<byte> frames)
    {
        Events.Add($"to {receiver.Name}: {WireFrame.Decode(frames.ToArray())}");
        return 0;
    }
}
