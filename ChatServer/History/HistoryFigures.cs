namespace ThreadedChat.ChatServer.History;

/// <summary>What the history counts.</summary>
/// <param name="QueuedMessages">Messages that wait to be written.</param>
/// <param name="QueuedBytes">Bytes of their frames.</param>
/// <param name="Written">Messages that were written since the start.</param>
/// <param name="Missing">Messages for which there was no space.</param>
/// <param name="Failures">Writes that failed.</param>
/// <param name="Writing">For how long the write that is running has run; zero if no write is running.</param>
internal readonly record struct HistoryFigures(
    int QueuedMessages, int QueuedBytes, long Written, long Missing, long Failures, TimeSpan Writing);
