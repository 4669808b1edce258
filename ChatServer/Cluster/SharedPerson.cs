using System.Net;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>A client of any server, as moderators see it.</summary>
internal sealed record SharedPerson(string Name, IPAddress Address, bool IsModerator);
