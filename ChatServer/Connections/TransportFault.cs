namespace ThreadedChat.ChatServer.Connections;

/// <summary>Why a connection could not be opened.</summary>
/// <param name="What">What the peer did, for the log. Has no bytes of the peer in it.</param>
/// <param name="Answer">A text for the peer, in one frame; null if it would not understand one.</param>
internal sealed record TransportFault(string What, string? Answer = null);
