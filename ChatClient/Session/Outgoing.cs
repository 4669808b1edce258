namespace ThreadedChat.ChatClient.Session;

/// <summary>What the thread "input" does next about the lines that the user has typed: sends frames, or tells why a line is not sent.</summary>
/// <param name="Connection">The only connection on which to send the frames.</param>
/// <param name="Frames">Whole frames; empty if a line is not sent.</param>
/// <param name="News">What to tell the user about a line that is not sent; else null.</param>
internal readonly record struct Outgoing(int Connection, byte[] Frames, string? News = null);
