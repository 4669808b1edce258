namespace ThreadedChat.ChatServer.Cluster;

/// <summary>What came of a command.</summary>
/// <param name="Outcome">Whether it was done.</param>
/// <param name="Bytes">The bytes of deliveries that it has caused on this server.</param>
/// <param name="Count">For what moderators do: how many clients, bans or mutes it concerned, on all servers.</param>
internal readonly record struct LogResult(CommandOutcome Outcome, long Bytes = 0, int Count = 0);
