namespace ThreadedChat.ChatServer.Sending;

/// <summary>The waits that have ended, by <see cref="SenderWaitKind"/>.</summary>
/// <param name="Counts">How many.</param>
/// <param name="Times">How long they took together.</param>
internal sealed record SenderWaitTotals(IReadOnlyList<long> Counts, IReadOnlyList<TimeSpan> Times);
