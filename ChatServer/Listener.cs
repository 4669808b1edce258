using System.Net.Sockets;

namespace ThreadedChat.ChatServer;

/// <summary>A socket that listens.</summary>
/// <param name="Socket">TCP or Unix.</param>
/// <param name="Name">As a log line names it: <c>port 55555</c>, <c>192.0.2.1:55555</c>, <c>unix:/run/chat.sock</c>.</param>
/// <param name="IsSecure">True if TLS is spoken.</param>
/// <param name="IsShared">True if another process has the socket too, and goes on with it: it must not be shut down.</param>
internal sealed record Listener(Socket Socket, string Name, bool IsSecure = false, bool IsShared = false);
