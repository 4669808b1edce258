using System.Net;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>What the commands of moderators do to the state. A part of <see cref="Replica"/>, and a pure function as well.</summary>
/// <param name="listener">Is told what happens.</param>
/// <param name="depart">Takes a member out at a position. Returns the bytes of deliveries.</param>
internal sealed class ReplicaModeration(IReplicaListener listener, Func<ReplicaMember, long, long> depart)
{
    private static readonly byte[] AnnouncementPrefix = System.Text.Encoding.UTF8.GetBytes(AccountText.AnnouncementPrefix);

    /// <summary>What a kick with a reason begins with: so it cannot read like a message of somebody.</summary>
    private static readonly string KickedPrefix = ProtocolText.Fill(AccountText.KickedBecause, "").TrimEnd();

    public LogResult Apply(ReplicaState state, LogCommand command, long position) => command.Kind switch
    {
        CommandKind.Kick => Kick(state, command, position),
        CommandKind.Ban => Ban(state, command, position),
        CommandKind.Unban => Unban(state, command),
        CommandKind.Mute => Mute(state, command),
        CommandKind.Unmute => Unmute(state, command),
        CommandKind.Announce => Announce(state, command.Frames),
        CommandKind.Remove => Remove(state, command.Place),
        _ => new LogResult(CommandOutcome.Void),
    };

    /// <summary>The owner of a name comes again: its older connection is ended.</summary>
    public void TakeOver(ReplicaState state, string key, long position)
    {
        if (state.Names.Owner(key) is ReplicaMember before)
        {
            End(before, EndCause.TakenOver, AccountText.TakenOver, position);
        }
    }

    private static LogResult Done(int count, long bytes = 0) => new(CommandOutcome.Done, bytes, count);

    private LogResult Kick(ReplicaState state, LogCommand command, long position)
    {
        string key = LookAlike.Key(command.Text);
        string text = Frame.Decode(command.Frames.Span);
        return text == AccountText.Kicked || text.StartsWith(KickedPrefix, StringComparison.Ordinal)
            ? EndAll(state, member => member.Key == key, command.IsOfOperator, EndCause.Kicked, text, position)
            : new LogResult(CommandOutcome.Void);
    }

    private LogResult Ban(ReplicaState state, LogCommand command, long position)
    {
        SharedBan ban = command.Ban!;
        if (state.Lists.With(ban) is not SharedLists lists)
        {
            return new LogResult(CommandOutcome.Full);
        }

        state.Lists = lists;
        return EndAll(state, ban.Covers, command.IsOfOperator, EndCause.Banned, AccountText.Banned, position);
    }

    /// <summary>
    /// A command in the chat does not remove moderators. The order decides in which order others see these clients leave, so it is that of the log:
    /// a replica that began with a saved state may have the servers in another order than the others.
    /// </summary>
    private LogResult EndAll(
        ReplicaState state, Func<ReplicaMember, bool> isMeant, bool isOfOperator, EndCause cause, string text, long position)
    {
        ReplicaMember[] found =
        [
            .. state.Servers.OrderBy(server => server.Since).SelectMany(server => server.Members.Values)
                .Where(member => isMeant(member) && (isOfOperator || !member.IsModerator)),
        ];
        return Done(found.Length, found.Sum(member => End(member, cause, text, position)));
    }

    private long End(ReplicaMember member, EndCause cause, string text, long position)
    {
        listener.Ended(member, cause, text);
        return depart(member, position);
    }

    private static LogResult Unban(ReplicaState state, LogCommand command)
    {
        IPNetwork? network = IPNetwork.TryParse(command.Place, out IPNetwork parsed) ? parsed : null;
        (state.Lists, int removed) = state.Lists.WithoutBans(command.Text.Length == 0 ? null : LookAlike.Key(command.Text), network, command.Number);
        return Done(removed);
    }

    private static LogResult Mute(ReplicaState state, LogCommand command)
    {
        if (state.Lists.With(new SharedMute(LookAlike.Key(command.Text), command.Until), command.Number) is not SharedLists lists)
        {
            return new LogResult(CommandOutcome.Full);
        }

        state.Lists = lists;
        return Done(1);
    }

    private static LogResult Unmute(ReplicaState state, LogCommand command)
    {
        (state.Lists, int removed) = state.Lists.WithoutMute(LookAlike.Key(command.Text), command.Number);
        return Done(removed);
    }

    private LogResult Announce(ReplicaState state, ReadOnlyMemory<byte> frames)
    {
        for (ReadOnlySpan<byte> rest = frames.Span; !rest.IsEmpty; rest = rest[Frame.Size..])
        {
            if (!rest.StartsWith(AnnouncementPrefix))
            {
                return new LogResult(CommandOutcome.Void);
            }
        }

        listener.Announced(frames);
        return Done(state.Servers.Sum(server => server.Members.Count));
    }

    private LogResult Remove(ReplicaState state, string name)
    {
        if (state.Channel(name) is not ReplicaChannel channel)
        {
            return new LogResult(CommandOutcome.Absent);
        }

        if (channel.Founder is null)
        {
            return new LogResult(CommandOutcome.Fixed);
        }

        int members = channel.Members.Count;
        listener.Closed(channel, Frame.Encode(ProtocolText.Fill(AccountText.ChannelRemoved, name)));
        foreach (ReplicaMember member in channel.Members)
        {
            member.Channel = null;
        }

        channel.Members.Clear();
        state.Remove(channel);
        listener.Removed(channel);
        return Done(members);
    }
}
