namespace ThreadedChat.ChatServer.Http;

/// <summary>The address of <c>--http</c> cannot be used. The message is one line for the user.</summary>
internal sealed class HttpException(string message) : Exception(message);
