namespace ThreadedChat.ChatServer.Cluster;

/// <summary>What a server adds to the log in one piece.</summary>
/// <param name="Incarnation">One start of one server: a random number.</param>
/// <param name="Number">Which of its entries this is, from 0.</param>
/// <param name="Commands">In the order in which they are applied.</param>
internal sealed record ServerEntry(long Incarnation, long Number, IReadOnlyList<LogCommand> Commands);
