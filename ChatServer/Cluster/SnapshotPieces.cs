namespace ThreadedChat.ChatServer.Cluster;

/// <summary>Cuts a snapshot into pieces that an engine takes, and puts it together again.</summary>
internal static class SnapshotPieces
{
    /// <summary>Bytes of a piece, below what engines allow in a message.</summary>
    public const int PieceBytes = 512 * 1024;

    /// <summary>Bytes of a snapshot.</summary>
    private const int MaxPieces = 512;

    private const int MaxTries = 1_024;
    private const byte Version = 1;

    /// <summary>Stores a snapshot. If that fails, some pieces may be stored: a reader ignores them.</summary>
    public static void Store(IEngine engine, ReadOnlyMemory<byte> snapshot)
    {
        long id = Random.Shared.NextInt64();
        int count = Math.Max(1, (snapshot.Length + PieceBytes - 1) / PieceBytes);
        if (count > MaxPieces)
        {
            throw new EngineException($"it has {count} pieces, and may have {MaxPieces}");
        }

        uint sum = LogHash.Sum(snapshot.Span);
        for (int i = 0; i < count; i++)
        {
            var piece = new ByteWriter();
            piece.Byte(Version);
            piece.Int64(id);
            piece.Int32(i);
            piece.Int32(count);
            piece.Int64(sum);
            piece.Bytes(snapshot.Span[(i * PieceBytes)..Math.Min(snapshot.Length, (i + 1) * PieceBytes)]);
            engine.StorePiece(piece.Written);
        }
    }

    /// <summary>
    /// The last complete snapshot that is not behind <paramref name="upTo"/>, if the log can be read from there; otherwise the last complete
    /// one. Null if there is none, or if the log can be read from its beginning.
    /// </summary>
    /// <param name="engine">Has the snapshots.</param>
    /// <param name="first">The first position of the log.</param>
    /// <param name="upTo">The position.</param>
    public static ReadOnlyMemory<byte>? Load(IEngine engine, long first = 0, long upTo = long.MaxValue)
    {
        ReadOnlyMemory<byte>? newest = null;
        StoredEntry? last = engine.LastPiece();
        for (int tries = 0; last is StoredEntry piece && tries < MaxTries; tries++)
        {
            // A server with another version of the program may store its snapshots here too: these have no position.
            if (Read(piece) is { } end
                && end.Index == end.Count - 1
                && TryCollect(engine, piece, end) is { } snapshot
                && ReplicaImage.PositionOf(snapshot) is var position and > 0)
            {
                newest ??= snapshot;
                if (position <= upTo)
                {
                    return position >= first ? snapshot : newest;
                }

                if (position < first)
                {
                    return newest;
                }
            }

            last = piece.Position > 1 ? engine.Piece(piece.Position - 1) : null;
        }

        return first == 1 ? null : newest;
    }

    private static ReadOnlyMemory<byte>? TryCollect(IEngine engine, StoredEntry last, Piece end)
    {
        var parts = new ReadOnlyMemory<byte>[end.Count];
        parts[^1] = end.Bytes;
        for (int i = end.Count - 2; i >= 0; i--)
        {
            if (engine.Piece(last.Position - (end.Count - 1 - i)) is not StoredEntry stored
                || Read(stored) is not { } piece
                || piece.Id != end.Id
                || piece.Index != i
                || piece.Count != end.Count)
            {
                return null;
            }

            parts[i] = piece.Bytes;
        }

        var whole = new byte[parts.Sum(part => part.Length)];
        int at = 0;
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            part.CopyTo(whole.AsMemory(at));
            at += part.Length;
        }

        return LogHash.Sum(whole) == end.Sum ? whole : null;
    }

    private static Piece? Read(StoredEntry stored)
    {
        var reader = new ByteReader(stored.Payload);
        if (reader.Byte() != Version)
        {
            return null;
        }

        var piece = new Piece(reader.Int64(), reader.Int32(), reader.Int32(), (uint)reader.Int64(), reader.Bytes(PieceBytes));
        return reader.IsAtEnd && piece.Count is > 0 and <= MaxPieces && piece.Index >= 0 && piece.Index < piece.Count ? piece : null;
    }

    private sealed record Piece(long Id, int Index, int Count, uint Sum, ReadOnlyMemory<byte> Bytes);
}
