namespace ThreadedChat.ChatClient.Session;

/// <summary>What becomes of a line that the client has looked at.</summary>
/// <param name="ToSend">What to send in its place; null if the client has handled it.</param>
/// <param name="IsQuit">The line ends the input.</param>
internal readonly record struct CommandResult(string? ToSend, bool IsQuit = false);
