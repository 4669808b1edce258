namespace ThreadedChat.ChatClient.Session;

/// <summary>The next step of the thread "input" for the typed lines: it sends frames, or reports why a line is not sent.</summary>
/// <param name="Connection">The only connection on which to send the frames.</param>
/// <param name="Frames">Whole frames; empty if a line is not sent.</param>
/// <param name="News">The text for the user about a line that is not sent; else null.</param>
internal readonly record struct Outgoing(int Connection, byte[] Frames, string? News = null);
