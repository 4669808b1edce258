namespace ThreadedChat.ChatServer.Cluster;

/// <summary>The result of a command.</summary>
/// <param name="Outcome">Whether it was done.</param>
/// <param name="Bytes">The bytes of deliveries that it has caused on this server.</param>
/// <param name="Count">For commands of moderators: how many clients, bans or mutes they concerned, on all servers.</param>
internal readonly record struct LogResult(CommandOutcome Outcome, long Bytes = 0, int Count = 0);
