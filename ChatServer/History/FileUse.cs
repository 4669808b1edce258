using Microsoft.Data.Sqlite;

namespace ThreadedChat.ChatServer.History;

/// <summary>How much of the file is in use. Pages that are free again are used before the file grows.</summary>
/// <param name="connection">A connection to the file.</param>
internal sealed class FileUse(SqliteConnection connection)
{
    private readonly long _page = HistoryDatabase.Number(connection, "PRAGMA page_size");

    /// <summary>The bytes of all pages that have something.</summary>
    public long Bytes() => _page * (HistoryDatabase.Number(connection, "PRAGMA page_count") - HistoryDatabase.Number(connection, "PRAGMA freelist_count"));
}
