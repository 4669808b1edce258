namespace ThreadedChat.ChatServer.Cluster;

/// <summary>Which servers are part of the chat, and with which settings. A part of <see cref="Replica"/>, and a pure function as well.</summary>
/// <param name="listener">Is told what happens.</param>
/// <param name="depart">Takes a member out at a position. Returns the bytes of deliveries.</param>
internal sealed class ReplicaServers(IReplicaListener listener, Func<ReplicaMember, long, long> depart)
{
    /// <summary>True if an entry is the next one of its server, or the first one of a new server. Any other entry is void.</summary>
    public bool TryBegin(ReplicaState state, ServerEntry entry, long position)
    {
        if (state.Server(entry.Incarnation) is not ReplicaServer server)
        {
            return entry.Number == 0
                && entry.Commands[0].Kind == CommandKind.Hello
                && !state.HasEnded(entry.Incarnation)
                && TryStart(state, entry, position);
        }

        if (entry.Number != server.Next)
        {
            return false;
        }

        server.Next++;
        return true;
    }

    /// <summary>Another server proposes to end one that has been silent for too long.</summary>
    public LogResult EndSilent(ReplicaState state, long incarnation, long position)
    {
        if (state.Server(incarnation) is not ReplicaServer silent)
        {
            return new LogResult(CommandOutcome.Absent);
        }

        End(state, silent, position, inOrder: false);
        return new LogResult(CommandOutcome.Done);
    }

    /// <summary>A server ends, and its members leave.</summary>
    public void End(ReplicaState state, ReplicaServer server, long position, bool inOrder)
    {
        foreach (ReplicaMember member in server.Members.Values.ToArray())
        {
            depart(member, position);
        }

        state.Remove(server);
        listener.ServerLeft(server, inOrder);
    }

    private bool TryStart(ReplicaState state, ServerEntry entry, long position)
    {
        if (ClusterSettings.TryParse(entry.Commands[0].Text) is not ClusterSettings settings)
        {
            return false;
        }

        if (state.Servers.Count == 0)
        {
            Take(state, settings);
            state.Lists = state.Lists with { Mutes = [] }; // they end with the servers
        }
        else if (state.Settings?.DifferenceTo(settings) != "")
        {
            return false;
        }

        var server = new ReplicaServer(entry.Incarnation, position) { Next = 1, BringsLists = !state.HasLists };
        state.Add(server);
        listener.ServerCame(server);
        return true;
    }

    /// <summary>The first server brings the settings, and the channels that are always there.</summary>
    private void Take(ReplicaState state, ClusterSettings settings)
    {
        state.Set(settings);
        HashSet<ReplicaChannel> kept = [.. settings.Channels.Select(state.Channel).OfType<ReplicaChannel>().Where(channel => channel.Founder is null)];
        foreach (ReplicaChannel channel in state.Channels.Where(channel => channel.Founder is null && !kept.Contains(channel)).ToArray())
        {
            Remove(state, channel);
        }

        foreach (string name in settings.Channels)
        {
            ReplicaChannel? existing = state.Channel(name);
            if (existing is { Founder: not null })
            {
                Remove(state, existing);
                existing = null;
            }

            if (existing is null)
            {
                var channel = new ReplicaChannel(name, founder: null);
                state.Add(channel);
                listener.Created(channel);
            }
        }
    }

    private void Remove(ReplicaState state, ReplicaChannel channel)
    {
        state.Remove(channel);
        listener.Removed(channel);
    }
}
