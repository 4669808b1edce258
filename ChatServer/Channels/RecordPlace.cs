namespace ThreadedChat.ChatServer.Channels;

/// <summary>A place in an order that is made elsewhere, and by which a record can be continued.</summary>
/// <param name="At">When, in milliseconds since 1970, UTC.</param>
/// <param name="Position">The position of an entry.</param>
/// <param name="Stamp">With the next one: tells the entry from another at the same position.</param>
/// <param name="Sum">The checksum of the entry.</param>
/// <param name="Index">Which batch of messages in the entry, from 0; <see cref="int.MaxValue"/> stands for its end.</param>
internal readonly record struct RecordPlace(long At, long Position, long Stamp, long Sum, int Index);
