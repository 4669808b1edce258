namespace ThreadedChat.ChatServer.Connections;

/// <summary>Why a connection is rejected.</summary>
/// <param name="IsServerFull">True if the server is full; false if the address of the client is over its limit.</param>
/// <param name="Why">Which limit it is, for the log.</param>
internal sealed record Rejection(bool IsServerFull, string Why);
