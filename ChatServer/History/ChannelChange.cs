namespace ThreadedChat.ChatServer.History;

/// <summary>A channel to add to the file, or to mark as removed.</summary>
internal readonly record struct ChannelChange(ChannelRecord Channel, bool IsClosed);
