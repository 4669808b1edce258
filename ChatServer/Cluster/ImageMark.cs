namespace ThreadedChat.ChatServer.Cluster;

/// <summary>What identifies the entry up to which a saved state goes.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Stamp">When the engine took it.</param>
/// <param name="Sum">The checksum of its bytes.</param>
internal readonly record struct ImageMark(long Position, long Stamp, uint Sum)
{
    public static ImageMark Of(StoredEntry entry) => new(entry.Position, entry.Stamp, LogHash.Sum(entry.Payload.Span));
}
