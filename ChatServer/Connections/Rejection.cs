namespace ThreadedChat.ChatServer.Connections;

/// <summary>Why a connection is not let in.</summary>
/// <param name="IsServerFull">True where nobody can be let in; false where it is its address that has too much.</param>
/// <param name="Reason">Which limit it is.</param>
/// <param name="Why">The same with its value, for the log.</param>
internal sealed record Rejection(bool IsServerFull, RejectionReason Reason, string Why);
