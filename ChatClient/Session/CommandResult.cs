namespace ThreadedChat.ChatClient.Session;

/// <summary>The result of a line that the client has examined.</summary>
/// <param name="ToSend">The text to send in its place; null if the client has handled it.</param>
/// <param name="IsQuit">The line ends the input.</param>
internal readonly record struct CommandResult(string? ToSend, bool IsQuit = false);
