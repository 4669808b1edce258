namespace ThreadedChat.ChatServer.History;

/// <summary>A channel that is to be in the file, or has been removed.</summary>
internal readonly record struct ChannelChange(ChannelRecord Channel, bool IsClosed);
