using Microsoft.Data.Sqlite;

namespace ThreadedChat.ChatServer.History;

/// <summary>Removes messages that are to be kept no longer, a few in each step, so that new ones never wait for long.</summary>
/// <param name="connection">The one that writes.</param>
/// <param name="settings">What is kept.</param>
internal sealed class Pruner(SqliteConnection connection, HistorySettings settings)
{
    /// <summary>Messages that one step removes, in one transaction.</summary>
    private const int Most = 500;

    /// <summary>Milliseconds between two times that what was removed is cleaned up: that reads all channels and flushes the disk.</summary>
    private const long CleaningInterval = 1_000;

    /// <summary>How often a step lets the index be rewritten.</summary>
    private const int Merges = 4;

    /// <summary>Milliseconds after which a step begins to remove no further messages, though more were added.</summary>
    private const long LongestStep = 500;

    /// <summary>About how many messages there are. To count them takes too long.</summary>
    private const string About = "SELECT (SELECT max(id) FROM message) - (SELECT min(id) FROM message) + 1";

    private const long MillisecondsOfDay = 24L * 60 * 60 * 1_000;

    private readonly ChannelCounts _counts = new(connection, settings.Messages);

    /// <summary>How many bytes the file uses; null if there is no limit for them.</summary>
    private readonly FileUse? _use = settings.Bytes is null ? null : new FileUse(connection);

    /// <summary>Frees the pages of the index.</summary>
    private readonly IndexMerge _merge = new(connection);

    /// <summary>How many of the messages that were added are still to be made up for, if the file uses too much.</summary>
    private long _owed;

    private long _lastIndexed;
    private bool _hasRemoved = HasLimits(settings); // an earlier run may have been killed
    private long _nextCleaning; // of the environment's ticks

    /// <summary>Notes a message that was added.</summary>
    public void Added(long channel)
    {
        _owed++;
        _counts.Change(channel, +1);
    }

    /// <summary>True if messages were added faster than old ones could go, and the file uses too much: nothing is to be added before the next step.</summary>
    public bool IsBehind => _use is not null && _owed > 0;

    /// <summary>Counts again: a transaction has failed.</summary>
    public void Forget() => _counts.Forget();

    /// <summary>
    /// Removes some messages above the limits. False if none is left. The rows up to <paramref name="lastIndexed"/> are in the index: to remove
    /// another from it would break it.
    /// </summary>
    public bool Step(long now, long lastIndexed)
    {
        _lastIndexed = lastIndexed;
        if (!HasLimits(settings))
        {
            return false;
        }

        int removed = RemoveOld(now);
        if (removed < Most)
        {
            removed += RemoveOfLongChannels(Most - removed);
        }

        bool isTooLarge = RemoveAboveSize(ref removed);
        _hasRemoved |= removed > 0;
        if (removed >= Most || isTooLarge)
        {
            return true;
        }

        if (_hasRemoved && Environment.TickCount64 >= _nextCleaning)
        {
            _nextCleaning = Environment.TickCount64 + CleaningInterval;
            Clean();
        }

        return false;
    }

    /// <summary>Removes what is left of removed messages: also at the end, since it could be there for long.</summary>
    public void Clean()
    {
        if (_hasRemoved)
        {
            HistoryDatabase.Run(connection, "DELETE FROM channel WHERE closed = 1 AND NOT EXISTS(SELECT 1 FROM staged) AND NOT EXISTS(SELECT 1 FROM message WHERE message.channel = channel.id)");

            // Removed messages are still in the log of SQLite until that is emptied. It cannot be emptied while a reader is active: then
            // the next step tries it again.
            bool hasLog = HistoryDatabase.Number(connection, "PRAGMA wal_checkpoint(TRUNCATE)") != 0;
            _hasRemoved = hasLog || HistoryDatabase.Number(connection, "SELECT EXISTS(SELECT 1 FROM staged)") != 0;
        }
    }

    /// <summary>
    /// Removes the oldest messages of all channels while the file uses too many bytes: at least as many as were added, if there is time. True if it still uses too many, and has messages that can go.
    /// </summary>
    private bool RemoveAboveSize(ref int removed)
    {
        int more = Most;
        int merges = Merges;
        long end = Environment.TickCount64 + LongestStep;
        while (_use is not null && _use.Bytes() > settings.Bytes)
        {
            bool isMergeDue = _merge.IsDue(HistoryDatabase.Number(connection, About));
            if (isMergeDue && merges > 0)
            {
                _merge.Step();
                merges--;
                continue;
            }

            // Until it is known how much the index frees, no more are removed than were added.
            bool isEnough = _owed <= 0 && (isMergeDue || more <= 0);
            if (isEnough || Environment.TickCount64 >= end)
            {
                return true;
            }

            int step = Remove("SELECT id, channel, text, missing FROM message WHERE id > $limit ORDER BY id LIMIT $most", Most, 0);
            if (step == 0)
            {
                break;
            }

            removed += step;
            more -= _owed > 0 ? 0 : step;
            _owed -= step;
        }

        _owed = 0;
        return false;
    }

    private static bool HasLimits(HistorySettings settings) => settings is not { Days: null, Messages: null, Bytes: null };

    private int RemoveOld(long now) => settings.Days is int count
        ? Remove(
            // The oldest rows only: they are in the order of time, and so no index is needed.
            "SELECT id, channel, text, missing FROM (SELECT * FROM message ORDER BY id LIMIT $most) WHERE at < $limit AND id <= $indexed",
            Most,
            now - (count * MillisecondsOfDay))
        : 0;

    private int RemoveOfLongChannels(int most)
    {
        int removed = 0;
        if (settings.Messages is int limit)
        {
            foreach ((long channel, long count) in _counts.AboveLimit())
            {
                removed += Remove(
                    "SELECT id, channel, text, missing FROM message WHERE channel = $limit AND id <= $indexed ORDER BY id LIMIT $most",
                    Math.Min(most - removed, count - limit),
                    channel);
                if (removed >= most)
                {
                    break;
                }
            }
        }

        return removed;
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
            if (missing == 0 && id <= _lastIndexed)
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
            _counts.Change(channel, -1);
        }

        transaction.Commit();
        _merge.Removed(rows.Count);
    }
}
