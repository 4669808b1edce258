namespace ThreadedChat.ChatServer.Cluster;

/// <summary>An entry: the commands that a server adds to the log at once.</summary>
/// <param name="Incarnation">One start of one server: a random number.</param>
/// <param name="Number">The number among the entries of this server, from 0.</param>
/// <param name="Commands">In the order in which they are applied.</param>
internal sealed record ServerEntry(long Incarnation, long Number, IReadOnlyList<LogCommand> Commands);
