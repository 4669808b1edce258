namespace ThreadedChat.ChatServer;

/// <summary>The options of a server, as they were read at one moment.</summary>
/// <param name="Options">All of them; null if something is wrong.</param>
/// <param name="Values">For each option that was given, by its name, what was given.</param>
/// <param name="Error">What is wrong, in one line; else null.</param>
internal sealed record ConfigurationReading(ServerOptions? Options, IReadOnlyDictionary<string, string> Values, string? Error);
