using Microsoft.Data.Sqlite;

namespace ThreadedChat.ChatServer.History;

/// <summary>Removes messages that are to be kept no longer, a few in each step, so that new ones never wait for long.</summary>
/// <param name="connection">The one that writes.</param>
/// <param name="days">Older messages go; null: they stay.</param>
/// <param name="messages">So many are kept for each channel; null: all.</param>
internal sealed class Pruner(SqliteConnection connection, int? days, int? messages)
{
    /// <summary>Messages that one step removes, in one transaction.</summary>
    private const int Most = 500;

    /// <summary>Milliseconds between two times that what was removed is cleaned up: that reads all channels and flushes the disk.</summary>
    private const long CleaningInterval = 1_000;

    private const long MillisecondsOfDay = 24L * 60 * 60 * 1_000;

    /// <summary>How many messages each channel has; null while that is unknown.</summary>
    private Dictionary<long, long>? _counts;

    /// <summary>The channels that have more than they are to keep, as far as is known.</summary>
    private readonly HashSet<long> _long = [];

    private long _lastIndexed;
    private bool _hasRemoved;
    private long _nextCleaning; // of the environment's ticks

    /// <summary>Notes a message that was added.</summary>
    public void Added(long channel)
    {
        if (_counts is not null)
        {
            Count(channel, _counts.GetValueOrDefault(channel) + 1);
        }
    }

    /// <summary>Counts again: a transaction has failed.</summary>
    public void Forget()
    {
        _counts = null;
        _long.Clear();
    }

    /// <summary>
    /// Removes some messages above the limits, of the rows up to <paramref name="lastIndexed"/>: to remove a message from the index
    /// that is not in it would break the index. False if none is left.
    /// </summary>
    public bool Step(long now, long lastIndexed)
    {
        _lastIndexed = lastIndexed;
        if (days is null && messages is null)
        {
            return false;
        }

        int removed = RemoveOld(now);
        if (removed < Most)
        {
            removed += RemoveOfLongChannels(Most - removed);
        }

        _hasRemoved |= removed > 0;
        if (removed >= Most)
        {
            return true;
        }

        if (_hasRemoved && Environment.TickCount64 >= _nextCleaning)
        {
            _nextCleaning = Environment.TickCount64 + CleaningInterval;
            HistoryDatabase.Run(connection, "DELETE FROM channel WHERE closed = 1 AND NOT EXISTS(SELECT 1 FROM message WHERE message.channel = channel.id)");

            // Removed messages are still in the log of SQLite until that is emptied. It cannot be emptied while a reader is active: then
            // the next step tries it again.
            _hasRemoved = HistoryDatabase.Number(connection, "PRAGMA wal_checkpoint(TRUNCATE)") != 0;
        }

        return false;
    }

    private int RemoveOld(long now) => days is int count
        ? Remove(
            // The oldest rows only: they are in the order of time, and so no index is needed.
            "SELECT id, channel, text, missing FROM (SELECT * FROM message ORDER BY id LIMIT $most) WHERE at < $limit AND id <= $indexed",
            Most,
            now - (count * MillisecondsOfDay))
        : 0;

    private int RemoveOfLongChannels(int most)
    {
        int removed = 0;
        if (messages is int limit)
        {
            if (_counts is null)
            {
                CountAll();
            }

            foreach (long channel in _long.ToArray())
            {
                removed += Remove(
                    "SELECT id, channel, text, missing FROM message WHERE channel = $limit AND id <= $indexed ORDER BY id LIMIT $most",
                    Math.Min(most - removed, _counts![channel] - limit),
                    channel);
                if (removed >= most)
                {
                    break;
                }
            }
        }

        return removed;
    }

    private void CountAll()
    {
        _counts = [];
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT channel, count(*) FROM message GROUP BY channel";
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            Count(rows.GetInt64(0), rows.GetInt64(1));
        }
    }

    /// <summary>Notes how many messages a channel has. There may be a million channels: only those with too many are looked at.</summary>
    private void Count(long channel, long count)
    {
        _counts![channel] = count;
        if (count > messages)
        {
            _long.Add(channel);
        }
        else
        {
            _long.Remove(channel);
        }
    }

    private int Remove(string query, long most, long limit)
    {
        var found = new List<(long Id, long Channel, string Text, long Missing)>();
        using (SqliteCommand command = connection.CreateCommand())
        {
            command.CommandText = query;
            command.Parameters.AddWithValue("$most", most);
            command.Parameters.AddWithValue("$limit", limit);
            command.Parameters.AddWithValue("$indexed", _lastIndexed);
            using SqliteDataReader rows = command.ExecuteReader();
            while (rows.Read())
            {
                found.Add((rows.GetInt64(0), rows.GetInt64(1), rows.GetString(2), rows.GetInt64(3)));
            }
        }

        if (found.Count > 0)
        {
            try
            {
                Remove(found);
            }
            catch
            {
                Forget(); // the transaction was rolled back, and the counts were not
                throw;
            }
        }

        return found.Count;
    }

    private void Remove(List<(long Id, long Channel, string Text, long Missing)> rows)
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand text = connection.CreateCommand();
        text.Transaction = transaction;
        text.CommandText = "INSERT INTO message_text(message_text, rowid, channel, text) VALUES('delete', $id, $channel, $text)";
        using SqliteCommand message = connection.CreateCommand();
        message.Transaction = transaction;
        message.CommandText = "DELETE FROM message WHERE id = $id";
        foreach ((long id, long channel, string words, long missing) in rows)
        {
            if (missing == 0)
            {
                text.Parameters.Clear();
                text.Parameters.AddWithValue("$id", id);
                text.Parameters.AddWithValue("$channel", HistoryStore.TokenOf(channel));
                text.Parameters.AddWithValue("$text", words);
                text.ExecuteNonQuery();
            }

            message.Parameters.Clear();
            message.Parameters.AddWithValue("$id", id);
            message.ExecuteNonQuery();
            if (_counts is not null)
            {
                Count(channel, _counts.GetValueOrDefault(channel) - 1);
            }
        }

        transaction.Commit();
    }
}
