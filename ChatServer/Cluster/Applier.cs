using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>Has the replica apply each entry of the log, and does on this server what follows from it. Called by the follower, entry by entry.</summary>
/// <param name="replica">Applies the entries.</param>
/// <param name="outlet">The commands of this server that wait for the log.</param>
/// <param name="moderation">Does what moderators have decided.</param>
/// <param name="figures">Counts.</param>
/// <param name="isLost">True if this server is not part of the chat any more.</param>
/// <param name="lose">Called with the reason when the log shows that this server is no longer part of the chat.</param>
/// <param name="faults">Catches and counts exceptions in the server's own code.</param>
/// <param name="log">The log of the server.</param>
internal sealed class Applier(
    GuardedReplica replica,
    Outlet outlet,
    ILocalModeration moderation,
    ClusterFigures figures,
    Func<bool> isLost,
    Action<string> lose,
    Faults faults,
    ILogger log)
{
    private volatile bool _takesLists;
    private SharedLists? _lists; // those that this server has taken
    private readonly HashSet<byte> _otherVersions = [];

    /// <summary>From the next entry on the bans and mutes of this server are those of the chat.</summary>
    public void TakeLists() => _takesLists = true;

    public void Apply(StoredEntry stored)
    {
        if (isLost())
        {
            return;
        }

        EntryEffects effects = replica.Apply(stored);
        Log(effects.News);
        if (effects.IsLive && effects.Applied.Entry is null)
        {
            LogVersion(stored.Payload.Span);
        }

        figures.Applied(stored.Position, stored.Payload.Length, effects.Applied.IsVoid);
        if (effects.Applied.HasDiverged && !effects.IsOldest)
        {
            lose("the state of this server differs from that of the oldest server");
            return;
        }

        // Before a moderator gets the answer: the decision holds from then on.
        Moderate(effects.Decisions, effects.Lists);
        if (effects.IsOwn)
        {
            Complete(effects, stored);
        }

        foreach (long server in effects.Silent)
        {
            log.ServerSilent(server);
            outlet.SubmitNow(new LogCommand(CommandKind.Gone) { Number = server });
        }

        if (!effects.IsMember && effects.IsLive)
        {
            lose("the other servers have declared this one gone");
        }
    }

    private void Moderate(IReadOnlyList<Action<ILocalModeration>> decisions, SharedLists? lists)
    {
        if (_takesLists && lists is not null && !ReferenceEquals(lists, _lists))
        {
            _lists = lists;
            faults.Guard("taking over bans and mutes", () => moderation.Take(lists));
        }

        foreach (Action<ILocalModeration> decision in decisions)
        {
            faults.Guard("doing what a moderator has decided", () => decision(moderation));
        }
    }

    private void Log(IReadOnlyList<ServerNews> news)
    {
        foreach (ServerNews one in news)
        {
            if (one.HasCome)
            {
                log.ServerCame(one.Incarnation);
            }
            else if (one.InOrder)
            {
                log.ServerStopped(one.Incarnation);
            }
            else
            {
                log.ServerGone(one.Incarnation);
            }
        }
    }

    /// <summary>Once for each version: a server sends an entry every second or two.</summary>
    private void LogVersion(ReadOnlySpan<byte> entry)
    {
        if (EntryCodec.OtherVersionOf(entry) is byte version && _otherVersions.Add(version))
        {
            log.OtherVersion(version, EntryCodec.Version);
        }
    }

    private void Complete(EntryEffects effects, StoredEntry stored)
    {
        bool isVoid = effects.Applied.IsVoid;
        ServerEntry entry = effects.Applied.Entry!;
        if (isVoid && (effects.IsMember || entry.Number != 0))
        {
            return; // a copy, or too late
        }

        LogRequest[]? requests = outlet.Seen(entry.Number, stored.Payload.Span);
        if (requests is null)
        {
            if (!isVoid)
            {
                lose("another program writes to the log with the number of this server");
            }

            return;
        }

        for (int i = 0; i < requests.Length; i++)
        {
            requests[i].Complete(isVoid ? new LogResult(CommandOutcome.Void) : effects.Results[i]);
        }
    }
}
