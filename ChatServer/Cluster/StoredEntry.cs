namespace ThreadedChat.ChatServer.Cluster;

/// <summary>An entry as the engine has stored it.</summary>
/// <param name="Position">Its place in the log, from 1, without gaps.</param>
/// <param name="Stamp">When the engine took it, in ticks of .NET, UTC. Together with the contents it identifies the entry.</param>
/// <param name="Payload">Its bytes.</param>
internal readonly record struct StoredEntry(long Position, long Stamp, ReadOnlyMemory<byte> Payload);
