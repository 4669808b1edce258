namespace ThreadedChat.ChatServer.Cluster;

/// <summary>What came of an entry of the log.</summary>
/// <param name="Entry">The entry; null where the bytes are none.</param>
/// <param name="IsVoid">True where it has changed nothing: a copy, out of order, or of a server that is not alive.</param>
/// <param name="Results">By command; valid until the next entry.</param>
/// <param name="HasDiverged">True where the oldest server has another hash of the log than this replica: it has applied something else.</param>
internal readonly record struct Applied(ServerEntry? Entry, bool IsVoid, IReadOnlyList<LogResult> Results, bool HasDiverged);
