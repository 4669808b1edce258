using Microsoft.Data.Sqlite;

namespace ThreadedChat.ChatServer.History;

/// <summary>
/// The table of the runs that came while the server was busy: one row for the messages of one channel and one millisecond. That takes a small part of the
/// time of a row for each message. They get these rows when there is time. All of them are later than all messages that have a row.
/// </summary>
internal sealed class StagedRuns : IDisposable
{
    private const string Table = """
        CREATE TABLE IF NOT EXISTS staged(
            first INTEGER PRIMARY KEY, channel INTEGER NOT NULL, at INTEGER NOT NULL, missing INTEGER NOT NULL, packed BLOB NOT NULL)
        """;

    private readonly SqliteConnection _connection;
    private readonly RowStatement _add;
    private readonly RowStatement _remove;
    private readonly RunJoiner _joiner;
    private readonly StagedRunList _list;

    /// <summary>Those that the transaction has added, and those that it has taken out.</summary>
    private readonly List<(long First, long Channel)> _added = [];
    private readonly List<MessageRun> _taken = [];

    /// <param name="connection">The one that writes.</param>
    /// <param name="list">Gets the runs that are there, for the readers.</param>
    public StagedRuns(SqliteConnection connection, StagedRunList list)
    {
        _connection = connection;
        _list = list;
        _add = new RowStatement(connection, "INSERT OR IGNORE INTO staged(first, channel, at, missing, packed) VALUES(?, ?, ?, ?, ?)");
        _remove = new RowStatement(connection, "DELETE FROM staged WHERE first <= ?");
        _joiner = new RunJoiner(Insert);
        List<(long First, long Channel)> runs = StagedQueries.Firsts(connection);
        list.Replace(runs);
        FirstRow = runs.Count == 0 ? 0 : runs[0].First;
        LastRow = StagedQueries.LastRow(connection);
    }

    /// <summary>The row of the first message; without meaning if there is none.</summary>
    public long FirstRow { get; private set; }

    /// <summary>The row of the last message; 0 if there is none.</summary>
    public long LastRow { get; private set; }

    /// <summary>True if there is none.</summary>
    public bool IsEmpty => LastRow == 0;

    /// <summary>Makes the table in a file that has none.</summary>
    public static void MakeTable(SqliteConnection connection) => HistoryDatabase.Run(connection, Table);

    /// <summary>Adds a run. The caller has begun a transaction, and calls <see cref="Flush"/> before its end.</summary>
    /// <exception cref="SqliteException">It could not be written.</exception>
    public void Add(in MessageRun run)
    {
        _joiner.Add(run);
        FirstRow = IsEmpty ? run.First : FirstRow;
        LastRow = run.Last;
    }

    /// <summary>Writes what waits to be joined.</summary>
    /// <exception cref="SqliteException">It could not be written.</exception>
    public void Flush() => _joiner.Flush();

    /// <summary>Takes out the oldest runs with about <paramref name="count"/> messages. The caller has begun a transaction.</summary>
    /// <exception cref="SqliteException">They could not be taken out.</exception>
    public List<MessageRun> Take(int count)
    {
        List<MessageRun> runs = [.. StagedQueries.Oldest(_connection, long.MinValue, count).Select(next => next.Run)];
        if (runs.Count > 0)
        {
            _remove.Set(1, runs[^1].First).Run();
            FirstRow = runs[^1].Last + 1;
            _taken.AddRange(runs);
        }

        LastRow = runs.Count == 0 || runs[^1].Last == LastRow ? 0 : LastRow;
        return runs;
    }

    /// <summary>The transaction has ended well: readers find what it has added, and the rows of what it has taken out.</summary>
    public void Committed()
    {
        _list.Add(_added);
        _added.Clear();
        foreach (IGrouping<long, MessageRun> channel in _taken.GroupBy(run => run.Channel))
        {
            _list.Remove(channel.Key, channel.Last().First);
        }

        _taken.Clear();
    }

    public void Dispose()
    {
        _add.Dispose();
        _remove.Dispose();
    }

    private void Insert(MessageRun first, ReadOnlyMemory<byte> packed)
    {
        _add.Set(1, first.First).Set(2, first.Channel).Set(3, first.At).Set(4, first.Missing).SetBytes(5, packed.Span).Run();
        _added.Add((first.First, first.Channel));
    }
}
