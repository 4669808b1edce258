namespace ThreadedChat.ChatServer.Connections;

/// <summary>Why a connection is not let in.</summary>
/// <param name="IsServerFull">True where nobody can be let in; false where it is its address that has too much.</param>
/// <param name="Why">Which limit it is, for the log.</param>
/// <param name="IsBan">True where its address is banned.</param>
internal sealed record Rejection(bool IsServerFull, string Why, bool IsBan = false);
