namespace ThreadedChat.ChatServer.History;

/// <summary>The file of the history, and how much of it is kept.</summary>
/// <param name="File">The path of the file.</param>
/// <param name="Days">Older messages are removed; null: they stay.</param>
/// <param name="Messages">So many messages are kept for each channel; null: all.</param>
/// <param name="Bytes">If the file uses more, the oldest messages of all channels are removed; null: no limit.</param>
internal sealed record HistorySettings(string File, int? Days = null, int? Messages = null, long? Bytes = null);
