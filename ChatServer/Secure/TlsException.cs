namespace ThreadedChat.ChatServer.Secure;

/// <summary>A file for TLS cannot be used. The message is one line that names it.</summary>
internal sealed class TlsException(string message, Exception? cause = null) : Exception(message, cause);
