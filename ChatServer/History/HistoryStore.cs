using System.Text;
using Microsoft.Data.Sqlite;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.History;

/// <summary>Writes the file. One thread uses it.</summary>
internal sealed class HistoryStore : IHistoryStore
{
    private const string TokenStart = "c";

    /// <summary>Messages that may be without index while messages come fast. To index them takes SQLite about half a second.</summary>
    internal const int MaxUnindexed = 65_536;

    /// <summary>
    /// Messages that are indexed in one transaction: it takes a few hundredths of a second, and so long new messages wait. As many come in
    /// that time only if more than 50,000 come in a second.
    /// </summary>
    internal const int IndexStep = 4_000;

    private readonly SqliteConnection _connection;
    private readonly Pruner _pruner;
    private readonly RowStatement _addMessage;
    private readonly RowStatement _addChannel;
    private readonly RowStatement _closeChannel;
    private readonly RowStatement _index;

    /// <summary>The last row, and the last row that is indexed. All rows before that are, too: so a new start finds what is left.</summary>
    private long _lastRow;
    private long _lastIndexed;

    /// <summary>Opens the file.</summary>
    /// <exception cref="HistoryException">The file cannot be used.</exception>
    public HistoryStore(HistorySettings settings)
    {
        _connection = HistoryDatabase.OpenForWriting(settings.File);
        _pruner = new Pruner(_connection, settings);
        _addMessage = new RowStatement(
            _connection, "INSERT OR IGNORE INTO message(id, channel, at, name, text, missing) VALUES(?, ?, ?, ?, ?, ?)");
        _addChannel = new RowStatement(_connection, "INSERT OR IGNORE INTO channel(id, name, closed) VALUES(?, ?, 0)");
        _closeChannel = new RowStatement(_connection, "UPDATE channel SET closed = 1 WHERE id = ?");
        _index = new RowStatement(
            _connection,
            $"INSERT INTO message_text(rowid, channel, text) SELECT id, '{TokenStart}' || channel, text FROM message WHERE id > ? AND id <= ? AND missing = 0");
        _lastRow = HistoryDatabase.Number(_connection, "SELECT max(id) FROM message");
        _lastIndexed = HistoryDatabase.Number(_connection, "SELECT rowid FROM message_text ORDER BY rowid DESC LIMIT 1");
    }

    /// <summary>The word for a channel in the search index, so that a search reads no rows of other channels.</summary>
    public static string TokenOf(long channel) => FormattableString.Invariant($"{TokenStart}{channel}");

    public void Write(HistoryBatch batch)
    {
        HistoryDatabase.Run(_connection, "BEGIN IMMEDIATE");
        try
        {
            long row = batch.FirstRow;
            foreach (ChannelChange change in batch.Changes)
            {
                _addChannel.Set(1, change.Channel.Id).Set(2, Encoding.UTF8.GetBytes(change.Channel.Name)).Run();
            }

            foreach (HistoryEntry entry in batch.Entries)
            {
                row = entry.Missing > 0 ? AddGap(row, entry) : AddMessages(row, entry);
            }

            foreach (ChannelChange change in batch.Changes.Where(change => change.IsClosed))
            {
                _closeChannel.Set(1, change.Channel.Id).Run();
            }

            if (batch.Place is RecordPlace place)
            {
                HistoryPlace.Write(_connection, place);
            }

            HistoryDatabase.Run(_connection, "COMMIT");
            _lastRow = Math.Max(_lastRow, row - 1);
        }
        catch
        {
            _pruner.Forget();
            TryRollBack();
            throw;
        }
    }

    public bool Index(bool isBusy)
    {
        if (_lastIndexed < _lastRow && (!isBusy || _lastRow - _lastIndexed > MaxUnindexed))
        {
            long last = Math.Min(_lastRow, _lastIndexed + IndexStep);
            _index.Set(1, _lastIndexed).Set(2, last).Run();
            _lastIndexed = last;
        }

        return _lastIndexed < _lastRow;
    }

    public bool Prune(long now) => _pruner.Step(now, _lastIndexed);

    public bool IsBehind => _pruner.IsBehind;

    public void Dispose()
    {
        try
        {
            _pruner.Clean();
        }
        catch (SqliteException)
        {
            // The disk fails: what was removed is cleaned up after the next start.
        }

        _addMessage.Dispose();
        _addChannel.Dispose();
        _closeChannel.Dispose();
        _index.Dispose();
        _connection.Dispose();
    }

    private long AddGap(long row, HistoryEntry entry)
    {
        Add(row, entry, [], []);
        return row + 1;
    }

    private long AddMessages(long row, HistoryEntry entry)
    {
        ReadOnlySpan<byte> frames = entry.Frames.Span;
        while (!frames.IsEmpty)
        {
            ReadOnlySpan<byte> message = Frame.Text(frames[..Frame.Size]);
            if (!System.Text.Unicode.Utf8.IsValid(message))
            {
                message = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message)); // with a mark in place of each bad byte
            }

            // "[Name] text". No name has a bracket.
            int end = message.IndexOf("] "u8);
            Add(row, entry, end < 1 ? [] : message[1..end], end < 1 ? message : message[(end + 2)..]);
            frames = frames[Frame.Size..];
            row++;
        }

        return row;
    }

    private void Add(long row, HistoryEntry entry, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        int added = _addMessage.Set(1, row).Set(2, entry.Channel.Id).Set(3, entry.At).Set(4, name).Set(5, text).Set(6, entry.Missing).Run();
        if (added > 0)
        {
            _pruner.Added(entry.Channel.Id);
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
