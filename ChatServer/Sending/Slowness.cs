namespace ThreadedChat.ChatServer.Sending;

/// <summary>How slow a peer was when the server disconnected it for that, for the log.</summary>
/// <param name="QueuedBytes">Bytes that were queued for it.</param>
/// <param name="Silence">For how long, while it was congested, it had taken nothing.</param>
internal readonly record struct Slowness(int QueuedBytes, TimeSpan Silence);
