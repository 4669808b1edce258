namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>The benchmark cannot continue; the message is one line for the user.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
