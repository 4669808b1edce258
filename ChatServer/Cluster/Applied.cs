namespace ThreadedChat.ChatServer.Cluster;

/// <summary>The result of an entry of the log.</summary>
/// <param name="Entry">The entry; null if the bytes are not an entry.</param>
/// <param name="IsVoid">True if it has changed nothing: a copy, out of order, or of a server that is not alive.</param>
/// <param name="Results">By command; valid until the next entry.</param>
/// <param name="HasDiverged">True if the oldest server has another hash of the log than this replica: the two have applied different things.</param>
internal readonly record struct Applied(ServerEntry? Entry, bool IsVoid, IReadOnlyList<LogResult> Results, bool HasDiverged);
