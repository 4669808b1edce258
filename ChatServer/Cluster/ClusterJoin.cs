using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>The steps by which this server becomes a member of the chat, before it lets clients in.</summary>
/// <param name="settings">What must be equal on all servers.</param>
/// <param name="engine">Has the log and the saved states.</param>
/// <param name="replica">Empty yet.</param>
/// <param name="outlet">Not started yet.</param>
/// <param name="applier">Takes over bans and mutes.</param>
/// <param name="moderation">Has the bans and mutes of this server.</param>
/// <param name="stored">The place in the log up to which this server has stored messages; null if that is not known.</param>
/// <param name="lostBecause">Why this server is not part of the chat any more; null if it is.</param>
internal sealed class ClusterJoin(
    ClusterSettings settings,
    IEngine engine,
    GuardedReplica replica,
    Outlet outlet,
    Applier applier,
    ILocalModeration moderation,
    RecordPlace? stored,
    Func<string?> lostBecause)
{
    /// <summary>Takes over the last saved state that fits the log.</summary>
    /// <param name="usesSnapshot">False: begins without one.</param>
    /// <returns>The entry up to which that state goes, if the log still has it, and the last position of the log.</returns>
    /// <exception cref="EngineException">The engine cannot be reached, or the state is of another log.</exception>
    public (ImageMark? Mark, long Last) TakeOverState(bool usesSnapshot)
    {
        (long first, long last) = engine.Range();
        ReadOnlyMemory<byte>? image = usesSnapshot ? SnapshotPieces.Load(engine, first, stored?.Position ?? long.MaxValue) : null;
        return (replica.Begin(image, first, last), last);
    }

    /// <summary>Says hello with the settings, and starts the outlet. Before, the log was read to its end.</summary>
    /// <exception cref="EngineException">The other servers have other settings, or the log takes no entry in time.</exception>
    public void SayHello(TimeSpan limit)
    {
        if (replica.Count().Servers > 0)
        {
            ThrowWhereDifferent();
        }

        LogRequest hello = outlet.SubmitNow(new LogCommand(CommandKind.Hello) { Text = settings.ToString() });
        outlet.Start();
        if (!hello.IsDoneWithin(limit))
        {
            throw new EngineException("the log does not take an entry");
        }

        if (hello.Await().Outcome != CommandOutcome.Done)
        {
            ThrowWhereDifferent();
            throw new EngineException(lostBecause() ?? "the log has no place for this server");
        }
    }

    /// <summary>
    /// A new chat takes the bans and mutes of its first server, and every other server takes them over. They become valid when all of them
    /// are in the log: if the first server dies before, no other server has changed its own.
    /// </summary>
    /// <exception cref="EngineException">The log takes no entry in time.</exception>
    public void ExchangeLists(TimeSpan limit)
    {
        if (replica.BringsLists)
        {
            SharedLists own = moderation.Lists;
            long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            foreach (LogCommand command in own.Bans.Select(ban => new LogCommand(CommandKind.Ban) { Ban = ban }).Where(EntryCodec.CanCarry))
            {
                outlet.SubmitNow(command);
            }

            foreach (SharedMute mute in own.Mutes)
            {
                outlet.SubmitNow(new LogCommand(CommandKind.Mute) { Text = mute.Name, Number = now, Until = mute.Until });
            }

            AwaitDone(CommandKind.ListsBrought, limit);
        }

        applier.TakeLists();
        AwaitDone(CommandKind.Nothing, limit);
    }

    private void AwaitDone(CommandKind kind, TimeSpan limit)
    {
        if (!outlet.SubmitNow(new LogCommand(kind)).IsDoneWithin(limit) || lostBecause() is not null)
        {
            throw new EngineException(lostBecause() ?? "the log does not take an entry");
        }
    }

    private void ThrowWhereDifferent()
    {
        if (replica.Settings is ClusterSettings others && settings.DifferenceTo(others) is { Length: > 0 } difference)
        {
            throw new EngineException($"the other servers have other settings: {difference}", isFinal: true);
        }
    }
}
