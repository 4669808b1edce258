namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>The benchmark cannot go on, for a reason the user can understand in one line.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
