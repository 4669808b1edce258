namespace ThreadedChat.ChatServer.Connections;

/// <summary>Why a connection is rejected.</summary>
/// <param name="IsServerFull">True if the server is full; false if the address of the client is over its limit.</param>
/// <param name="Reason">Which limit it is.</param>
/// <param name="Why">The same with its value, for the log.</param>
internal sealed record Rejection(bool IsServerFull, RejectionReason Reason, string Why);
