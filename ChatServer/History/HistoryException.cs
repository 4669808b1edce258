namespace ThreadedChat.ChatServer.History;

/// <summary>The history cannot be opened. The message is one line for the user who starts the program.</summary>
internal sealed class HistoryException(string message) : Exception(message);
