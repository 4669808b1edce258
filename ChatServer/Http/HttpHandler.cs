namespace ThreadedChat.ChatServer.Http;

/// <summary>Answers a request. It runs on the thread of that request, and may take as long as the other side reads.</summary>
internal delegate void HttpHandler(HttpRequest request, HttpReply reply);
