using Microsoft.Data.Sqlite;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.History;

/// <summary>The queries on the file.</summary>
internal static class HistoryQueries
{
    /// <summary>Rows that are read at once.</summary>
    private const int Chunk = 1_000;

    private const string Columns = "SELECT channel.name, m.at, m.name, m.text, m.missing FROM message m JOIN channel ON channel.id = m.channel";

    /// <summary>The last <paramref name="count"/> rows of a channel, oldest first.</summary>
    public static List<StoredMessage> Last(SqliteConnection connection, StagedRunList staged, long channel, int count)
    {
        long[] firsts = staged.Newest(channel, count); // before the snapshot: see the list
        using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true); // a staged run may get its rows between the two queries
        List<StoredMessage> rows = StagedQueries.Newest(connection, channel, firsts, count);
        rows.AddRange(Rows(
            connection,
            $"{Columns} WHERE m.channel = $channel ORDER BY m.id DESC LIMIT $count",
            ("$channel", channel),
            ("$count", count - rows.Count)));
        rows.Reverse();
        return rows;
    }

    /// <summary>The newest <paramref name="count"/> messages of a channel with all of the words, oldest first.</summary>
    public static List<StoredMessage> Find(SqliteConnection connection, long channel, IEnumerable<string> words, int count)
    {
        List<StoredMessage> rows =
        [
            .. Rows(
                connection,
                $"{Columns} JOIN message_text f ON m.id = f.rowid WHERE message_text MATCH $query ORDER BY f.rowid DESC LIMIT $count",
                ("$query", QueryOf(channel, words)),
                ("$count", count)),
        ];
        rows.Reverse();
        return rows;
    }

    /// <summary>
    /// Rows in their order, one after the other. Nothing is being read between two chunks, however long the caller takes: otherwise a
    /// server that writes could not begin its log again.
    /// </summary>
    /// <param name="connection">Where from.</param>
    /// <param name="since">The first time, in milliseconds since 1970.</param>
    /// <param name="until">The time before which they were said.</param>
    public static IEnumerable<StoredMessage> Between(SqliteConnection connection, long since, long until)
    {
        long after = long.MinValue;
        while (NextChunk(connection, after, since, until) is (long last, List<StoredMessage> rows))
        {
            foreach (StoredMessage row in rows)
            {
                yield return row;
            }

            after = last;
        }
    }

    /// <summary>The next rows within the times, and the last row that was looked at; null if there are no more.</summary>
    private static (long Last, List<StoredMessage> Rows)? NextChunk(SqliteConnection connection, long after, long since, long until)
    {
        using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
        if (LastOfChunk(connection, after) is long last)
        {
            IEnumerable<StoredMessage> rows = Rows(
                connection,
                $"{Columns} WHERE m.id > $after AND m.id <= $last AND m.at >= $since AND m.at < $until ORDER BY m.id",
                ("$after", after),
                ("$last", last),
                ("$since", since),
                ("$until", until));
            return (last, [.. rows]);
        }

        List<(MessageRun Run, string? Channel)> runs = StagedQueries.Oldest(connection, after, Chunk);
        IEnumerable<StoredMessage> messages = runs
            .Where(next => next.Run.At >= since && next.Run.At < until)
            .SelectMany(next => StagedQueries.Messages(next.Run, next.Channel));
        return runs.Count == 0 ? null : (runs[^1].Run.Last, [.. messages]);
    }

    /// <summary>The last of the next rows, as many as are read at once; null if there are no more.</summary>
    private static long? LastOfChunk(SqliteConnection connection, long after)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT max(id) FROM (SELECT id FROM message WHERE id > $after ORDER BY id LIMIT $chunk)";
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$chunk", Chunk);
        return command.ExecuteScalar() as long?;
    }

    /// <summary>The channels that were not removed.</summary>
    public static List<(long Id, string Name)> OpenChannels(SqliteConnection connection)
    {
        var channels = new List<(long, string)>();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id, name FROM channel WHERE closed = 0 ORDER BY id";
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            channels.Add((rows.GetInt64(0), rows.GetString(1)));
        }

        return channels;
    }

    /// <summary>A phrase for each word, so that nothing in a word is an operator: the index splits it as it has split the texts.</summary>
    private static string QueryOf(long channel, IEnumerable<string> words)
    {
        IEnumerable<string> phrases = words
            .Where(Characters.HasLetterOrDigit)
            .Select(word => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        return $"channel:{HistoryStore.TokenOf(channel)} AND text:({string.Join(" AND ", phrases)})";
    }

    private static IEnumerable<StoredMessage> Rows(SqliteConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return new StoredMessage(rows.GetString(0), rows.GetInt64(1), rows.GetString(2), rows.GetString(3), rows.GetInt32(4));
        }
    }
}
