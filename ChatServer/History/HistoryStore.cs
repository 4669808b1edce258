using System.Text;
using Microsoft.Data.Sqlite;
using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.History;

/// <summary>Writes the file. One thread uses it.</summary>
internal sealed class HistoryStore : IHistoryStore
{
    private const string TokenStart = "c";

    /// <summary>Messages that may be without row and index while messages come fast. To give them both takes SQLite about a second.</summary>
    internal const int MaxUnindexed = 65_536;

    /// <summary>
    /// Messages that get their rows and are indexed in one transaction: it takes a few hundredths of a second, and so long new messages wait. As many
    /// come in that time only if more than 50,000 come in a second.
    /// </summary>
    internal const int IndexStep = 4_000;

    /// <summary>Milliseconds in which staged messages get their rows at the end. The others get theirs after the next start.</summary>
    private const long EndLimit = 1_000;

    private readonly SqliteConnection _connection;
    private readonly Pruner _pruner;
    private readonly MessageRows _rows;
    private readonly StagedRuns _staged;
    private readonly LogLimit _logLimit;
    private readonly RowStatement _addChannel;
    private readonly RowStatement _closeChannel;
    private readonly RowStatement _index;

    /// <summary>A file with a limit for its size takes no messages twice.</summary>
    private readonly bool _canStage;

    /// <summary>The row of the last message.</summary>
    private long _lastRow;

    private bool _hasFailed;

    /// <summary>Opens the file.</summary>
    /// <param name="settings">Which file, and how much is kept.</param>
    /// <param name="staged">Gets what is staged, for the readers.</param>
    /// <exception cref="HistoryException">The file cannot be used.</exception>
    public HistoryStore(HistorySettings settings, StagedRunList staged)
    {
        _connection = HistoryDatabase.OpenForWriting(settings.File);
        _pruner = new Pruner(_connection, settings);
        _rows = new MessageRows(_connection, _pruner);
        _staged = new StagedRuns(_connection, staged);
        _logLimit = new LogLimit(_connection);
        _canStage = settings.Bytes is null;
        _addChannel = new RowStatement(_connection, "INSERT OR IGNORE INTO channel(id, name, closed) VALUES(?, ?, 0)");
        _closeChannel = new RowStatement(_connection, "UPDATE channel SET closed = 1 WHERE id = ?");
        _index = new RowStatement(
            _connection,
            $"INSERT INTO message_text(rowid, channel, text) SELECT id, '{TokenStart}' || channel, text FROM message WHERE id > ? AND id <= ? AND missing = 0");
        _lastRow = Math.Max(HistoryDatabase.Number(_connection, "SELECT max(id) FROM message"), _staged.LastRow);
        LastIndexed = HistoryDatabase.Number(_connection, "SELECT rowid FROM message_text ORDER BY rowid DESC LIMIT 1");
    }

    /// <inheritdoc/>
    /// <remarks>So a new start finds where to continue.</remarks>
    public long LastIndexed { get; private set; }

    /// <summary>The word for a channel in the search index, so that a search reads no rows of other channels.</summary>
    public static string TokenOf(long channel) => FormattableString.Invariant($"{TokenStart}{channel}");

    public void Write(HistoryBatch batch)
    {
        _logLimit.Set(batch.IsLarge && _canStage);
        long row = batch.FirstRow;
        bool isStaged = !_staged.IsEmpty || (batch.IsLarge && _canStage);
        Transact(() =>
        {
            foreach (ChannelChange change in batch.Changes)
            {
                _addChannel.Set(1, change.Channel.Id).Set(2, Encoding.UTF8.GetBytes(change.Channel.Name)).Run();
            }

            foreach (HistoryEntry entry in batch.Entries)
            {
                var run = new MessageRun(row, entry.Channel.Id, entry.At, entry.Frames, entry.Missing);
                Add(run, isStaged);
                row = run.Last + 1;
            }

            _staged.Flush();
            foreach (ChannelChange change in batch.Changes.Where(change => change.IsClosed))
            {
                _closeChannel.Set(1, change.Channel.Id).Run();
            }

            if (batch.Place is RecordPlace place)
            {
                HistoryPlace.Write(_connection, place);
            }
        });
        _lastRow = Math.Max(_lastRow, row - 1);
    }

    public bool Index(bool isBusy)
    {
        _logLimit.Set(isBusy && _canStage);
        bool isDue = LastIndexed < _lastRow && (!isBusy || _lastRow - LastIndexed > MaxUnindexed);
        while (isDue)
        {
            Transact(IndexSome);
            isDue = isBusy && _lastRow - LastIndexed > 2 * MaxUnindexed; // new messages wait, and the queue bounds them
        }

        return LastIndexed < _lastRow;
    }

    public bool Prune(long now) => _pruner.Step(now, LastIndexed);

    public bool IsBehind => _pruner.IsBehind;

    public void Dispose()
    {
        if (!_hasFailed)
        {
            TryFinish(UnstageForSomeTime);
        }

        TryFinish(_pruner.Clean);
        _rows.Dispose();
        _staged.Dispose();
        _addChannel.Dispose();
        _closeChannel.Dispose();
        _index.Dispose();
        _connection.Dispose();
    }

    /// <summary>The row of the last message that is not staged.</summary>
    private long LastUnstaged => _staged.IsEmpty ? _lastRow : _staged.FirstRow - 1;

    private static void TryFinish(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException or OutOfMemoryException)
        {
            // The disk fails: the rest is done after the next start.
        }
    }

    private void Add(in MessageRun run, bool isStaged)
    {
        if (run.First <= _lastRow)
        {
            return; // it was stored: the batch is tried again
        }

        if (isStaged)
        {
            _staged.Add(run);
        }
        else
        {
            _rows.Add(run);
        }
    }

    private void UnstageForSomeTime()
    {
        for (long end = Environment.TickCount64 + EndLimit; !_staged.IsEmpty && Environment.TickCount64 < end;)
        {
            Transact(() => Unstage(IndexStep));
        }
    }

    /// <summary>Indexes the next messages, and gives them their rows before that if they are staged.</summary>
    private void IndexSome()
    {
        if (LastUnstaged - LastIndexed < IndexStep)
        {
            Unstage(IndexStep);
        }

        long last = HistoryDatabase.Number(
            _connection, FormattableString.Invariant($"SELECT max(id) FROM (SELECT id FROM message WHERE id > {LastIndexed} ORDER BY id LIMIT {IndexStep})"));
        last = last > 0 ? last : LastUnstaged; // the rest was removed
        _index.Set(1, LastIndexed).Set(2, last).Run();
        LastIndexed = last;
    }

    /// <summary>Gives the oldest staged messages, about <paramref name="count"/>, their rows.</summary>
    private void Unstage(int count)
    {
        foreach (MessageRun run in _staged.Take(count))
        {
            _rows.Add(run);
        }
    }

    /// <summary>Does something in a transaction: all of it or nothing.</summary>
    private void Transact(Action work)
    {
        HistoryDatabase.Run(_connection, "BEGIN IMMEDIATE");
        try
        {
            work();
            HistoryDatabase.Run(_connection, "COMMIT");
            _staged.Committed();
        }
        catch
        {
            _hasFailed = true;
            _pruner.Forget();
            TryRollBack();
            throw;
        }
    }

    private void TryRollBack()
    {
        try
        {
            HistoryDatabase.Run(_connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // After some failures SQLite has rolled back already.
        }
    }
}
