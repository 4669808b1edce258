using Microsoft.Data.Sqlite;

namespace ThreadedChat.ChatServer.History;

/// <summary>
/// When SQLite copies its log into the file. That takes as long as to write the log, and flushes the disk. So while the server is busy the log may
/// become long, and the next commit in a quiet moment copies it.
/// </summary>
/// <param name="connection">The one that writes.</param>
internal sealed class LogLimit(SqliteConnection connection)
{
    /// <summary>Pages of 4 KiB. The first is the default of SQLite.</summary>
    private const int Pages = 1_000;
    private const int BusyPages = 8_192;

    private bool _isBusy;

    /// <summary>Notes whether the server is busy.</summary>
    public void Set(bool isBusy)
    {
        if (_isBusy != isBusy)
        {
            // The log keeps its length when it begins again, up to the second limit.
            HistoryDatabase.Run(
                connection,
                FormattableString.Invariant($"PRAGMA wal_autocheckpoint={(isBusy ? BusyPages : Pages)}; PRAGMA journal_size_limit={4_096 * Pages}"));
            _isBusy = isBusy;
        }
    }
}
