namespace ThreadedChat.ChatServer.History;

/// <summary>The file, as the thread that writes sees it. Each method may fail, or take as long as the disk does.</summary>
internal interface IHistoryStore : IDisposable
{
    /// <summary>Writes a batch in one transaction: all of it or nothing. Rows that exist are not changed.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">It could not be written.</exception>
    void Write(HistoryBatch batch);

    /// <summary>
    /// Adds some of the messages that were written to the tables and to the search index; if messages come fast (<paramref name="isBusy"/>), only if too
    /// many wait for it. False if none is left.
    /// </summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">They could not be added.</exception>
    bool Index(bool isBusy);

    /// <summary>All rows up to this one are indexed.</summary>
    long LastIndexed { get; }

    /// <summary>Removes some of the messages above the limits, of those that are indexed. False if none is left.</summary>
    /// <param name="now">Milliseconds since 1970, UTC.</param>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">They could not be removed.</exception>
    bool Prune(long now);

    /// <summary>True if the file is too large, and messages were written faster than old ones could be removed: <see cref="Prune"/> comes first.</summary>
    bool IsBehind { get; }
}
