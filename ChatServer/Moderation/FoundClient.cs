using System.Net;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>A client that an action is about, on whichever server.</summary>
internal sealed record FoundClient(string Name, IPAddress Address, bool IsModerator);
