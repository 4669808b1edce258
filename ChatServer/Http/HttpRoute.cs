namespace ThreadedChat.ChatServer.Http;

/// <summary>What answers a path.</summary>
internal sealed record HttpRoute(HttpKind Kind, HttpHandler Handler);
