namespace ThreadedChat.ChatServer.Machine;

/// <summary>A file that the user has named cannot be used. The message is one line that names it.</summary>
internal sealed class UnusableFileException(string message) : Exception(message);
