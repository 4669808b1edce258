using Microsoft.Data.Sqlite;

namespace ThreadedChat.ChatServer.History;

/// <summary>
/// Rewrites the search index, a few pages at a time. A message that is removed leaves a gap in each page that has one of its words, and SQLite frees such a
/// page only when the index is rewritten.
/// </summary>
/// <param name="connection">The one that writes.</param>
internal sealed class IndexMerge(SqliteConnection connection)
{
    /// <summary>Pages that are written at a time: as many are needed before others become free.</summary>
    private const int Pages = 16;

    /// <summary>How often that happens in one step, which takes a few milliseconds.</summary>
    private const int Times = 4;

    /// <summary>The index is rewritten when this part of its messages is gone.</summary>
    private const int Part = 8;

    /// <summary>
    /// The index is rewritten only if it has at least two segments. This makes a second one: a text of no channel, which no search finds, comes
    /// and goes in one transaction.
    /// </summary>
    private const string AddSegment = """
        BEGIN IMMEDIATE;
        INSERT INTO message_text(rowid, channel, text) VALUES(-1, '', 'x');
        INSERT INTO message_text(message_text, rowid, channel, text) VALUES('delete', -1, '', 'x');
        COMMIT;
        """;

    private bool _isRunning;
    private bool _isUnknown = true; // an earlier run may have removed many
    private long _removed;

    /// <summary>Notes that messages were removed.</summary>
    public void Removed(int count) => _removed += count;

    /// <summary>True if it is worth it to go on with rewriting, or to begin.</summary>
    /// <param name="left">How many messages there are about.</param>
    public bool IsDue(long left) => _isRunning || _isUnknown || (_removed > 0 && _removed * Part >= left);

    /// <summary>Rewrites some pages.</summary>
    public void Step()
    {
        if (!_isRunning)
        {
            (_isUnknown, _removed) = (false, 0);
            HistoryDatabase.Run(connection, AddSegment);
            _isRunning = Merge(-Pages); // less than 0: begins with all segments
        }

        for (int i = 0; i < Times && _isRunning; i++)
        {
            _isRunning = Merge(Pages);
        }
    }

    /// <summary>False if there was nothing to rewrite: then only the statement itself counts as a change.</summary>
    private bool Merge(int pages)
    {
        long before = HistoryDatabase.Number(connection, "SELECT total_changes()");
        HistoryDatabase.Run(connection, FormattableString.Invariant($"INSERT INTO message_text(message_text, rank) VALUES('merge', {pages})"));
        return HistoryDatabase.Number(connection, "SELECT total_changes()") - before >= 2;
    }
}
