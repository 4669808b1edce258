using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>A snapshot of the state at a position, as bytes, for servers that start later.</summary>
internal static class ReplicaImage
{
    /// <summary>The state is what the entries have made of it, so it has their version.</summary>
    private const byte Version = EntryCodec.Version;

    private const int MaxAddress = 64;

    /// <param name="replica">What is saved.</param>
    /// <param name="last">The entry at its position, by which a reader sees that it is still the same log.</param>
    public static ReadOnlyMemory<byte> Save(Replica replica, StoredEntry last)
    {
        ReplicaState state = replica.State;
        var bytes = new ByteWriter();
        bytes.Byte(Version);
        bytes.Int64(last.Position);
        bytes.Int64(last.Stamp);
        bytes.Int64(LogHash.Sum(last.Payload.Span));
        bytes.Int64(replica.Hash);
        bytes.Text(state.Settings?.ToString() ?? "");
        bytes.Int32(state.Ended.Count);
        foreach (long ended in state.Ended)
        {
            bytes.Int64(ended);
        }

        var founders = new Dictionary<Founder, int>();
        ReplicaMember[] members = [.. state.Servers.SelectMany(server => server.Members.Values)];
        foreach (Founder founder in members.Select(member => member.Founder)
            .Concat(state.Channels.Select(channel => channel.Founder).OfType<Founder>()))
        {
            founders.TryAdd(founder, founders.Count);
        }

        bytes.Int32(founders.Count);
        foreach (Founder founder in founders.Keys)
        {
            bytes.Text(founder.Address ?? "");
        }

        bytes.Int32(state.Servers.Count);
        foreach (ReplicaServer server in state.Servers)
        {
            bytes.Int64(server.Incarnation);
            bytes.Int64(server.Since);
            bytes.Int64(server.Next);
        }

        bytes.Int32(members.Length);
        foreach (ReplicaMember member in members)
        {
            bytes.Int64(member.Server);
            bytes.Int32(member.Client);
            bytes.Text(member.Name);
            bytes.Int32(founders[member.Founder]);
            bytes.Text(member.Peer.Address);
            bytes.Byte((byte)((member.Peer.IsAuthenticated ? 1 : 0) | (member.IsModerator ? 2 : 0)));
        }

        bytes.Int32(state.Channels.Count);
        foreach (ReplicaChannel channel in state.Channels)
        {
            bytes.Text(channel.Name);
            bytes.Int32(channel.Founder is null ? -1 : founders[channel.Founder]);
            bytes.Int64(channel.EmptySince);
            bytes.Int32(channel.Members.Count);
            foreach (ReplicaMember member in channel.Members)
            {
                bytes.Int64(member.Server);
                bytes.Int32(member.Client);
            }
        }

        bytes.Byte(state.HasLists ? (byte)1 : (byte)0);
        SharedListsCodec.Write(bytes, state.Lists);
        return bytes.Written;
    }

    /// <summary>Loads a saved state into a replica that is empty. Returns the entry at its position, without its contents but with their sum; null if the bytes are not a snapshot.</summary>
    public static ImageMark? TryLoad(ReadOnlyMemory<byte> bytes, Replica replica)
    {
        var reader = new ByteReader(bytes);
        if (reader.Byte() != Version)
        {
            return null;
        }

        var mark = new ImageMark(reader.Int64(), reader.Int64(), (uint)reader.Int64());
        long hash = reader.Int64();
        var state = new ReplicaState();
        string settings = reader.Text(EntryCodec.MaxSettings);
        if (settings.Length > 0)
        {
            if (ClusterSettings.TryParse(settings) is not ClusterSettings parsed)
            {
                return null;
            }

            state.Set(parsed);
        }

        for (int left = reader.Count(8); left > 0; left--)
        {
            state.AddEnded(reader.Int64());
        }

        var founders = new Founder[reader.Count(2)];
        for (int i = 0; i < founders.Length; i++)
        {
            founders[i] = new Founder(reader.Text(MaxAddress) is { Length: > 0 } address ? address : null);
        }

        if (!TryReadServers(ref reader, state, founders) || !TryReadChannels(ref reader, state, founders))
        {
            return null;
        }

        state.HasLists = reader.Byte() != 0;
        if (SharedListsCodec.ReadLists(ref reader) is not SharedLists lists || !reader.IsAtEnd)
        {
            return null;
        }

        state.Lists = lists;

        replica.Load(state, mark.Position, hash);
        return mark;
    }

    /// <summary>The position up to which a saved state goes; 0 if the bytes are not a snapshot.</summary>
    public static long PositionOf(ReadOnlyMemory<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        return reader.Byte() == Version && reader.Int64() is var position && !reader.IsWrong ? position : 0;
    }

    private static bool TryReadServers(ref ByteReader reader, ReplicaState state, Founder[] founders)
    {
        for (int left = reader.Count(24); left > 0; left--)
        {
            var server = new ReplicaServer(reader.Int64(), reader.Int64()) { Next = reader.Int64() };
            if (reader.IsWrong || state.Server(server.Incarnation) is not null)
            {
                return false;
            }

            state.Add(server);
        }

        for (int left = reader.Count(21); left > 0; left--)
        {
            (long server, int client, string name, int founder) =
                (reader.Int64(), reader.Int32(), reader.Text(ParticipantName.MaxBytes), reader.Int32());
            (string address, int marks) = (reader.Text(MaxAddress), reader.Byte());
            if (reader.IsWrong
                || (uint)founder >= (uint)founders.Length
                || state.Server(server)?.Members.ContainsKey(client) != false)
            {
                return false;
            }

            state.Add(new ReplicaMember(server, client, name, founders[founder], new PeerInfo(address, (marks & 1) != 0, (marks & 2) != 0)));
        }

        return !reader.IsWrong;
    }

    private static bool TryReadChannels(ref ByteReader reader, ReplicaState state, Founder[] founders)
    {
        for (int left = reader.Count(18); left > 0; left--)
        {
            string name = reader.Text(Frame.Size);
            int founder = reader.Int32();
            if (reader.IsWrong || founder < -1 || founder >= founders.Length || !EntryCodec.IsChannel(name) || state.Channel(name) is not null)
            {
                return false;
            }

            var channel = new ReplicaChannel(name, founder < 0 ? null : founders[founder]) { EmptySince = reader.Int64() };
            for (int members = reader.Count(12); members > 0; members--)
            {
                (long server, int client) = (reader.Int64(), reader.Int32());
                if (state.Server(server)?.Members.GetValueOrDefault(client) is not { Channel: null } member)
                {
                    return false;
                }

                member.Channel = channel;
                channel.Members.Add(member);
            }

            state.Add(channel);
        }

        return !reader.IsWrong;
    }
}
