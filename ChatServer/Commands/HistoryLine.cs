namespace ThreadedChat.ChatServer.Commands;

/// <summary>One line of an answer from the history.</summary>
/// <param name="Prefix">The time, and the name of the person in brackets: in front of each frame of the line. It never begins with a bracket.</param>
/// <param name="Text">The text of the message.</param>
internal readonly record struct HistoryLine(string Prefix, string Text);
