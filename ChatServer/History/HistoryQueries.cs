using Microsoft.Data.Sqlite;

namespace ThreadedChat.ChatServer.History;

/// <summary>The queries on the file.</summary>
internal static class HistoryQueries
{
    private const string Columns = "SELECT channel.name, m.at, m.name, m.text, m.missing FROM message m JOIN channel ON channel.id = m.channel";

    /// <summary>The last <paramref name="count"/> rows of a channel, oldest first.</summary>
    public static List<StoredMessage> Last(SqliteConnection connection, long channel, int count) => NewestLast(
        connection,
        $"{Columns} WHERE m.channel = $channel ORDER BY m.id DESC LIMIT $count",
        ("$channel", channel),
        ("$count", count));

    /// <summary>The newest <paramref name="count"/> messages of a channel with all of the words, oldest first.</summary>
    public static List<StoredMessage> Find(SqliteConnection connection, long channel, IEnumerable<string> words, int count) => NewestLast(
        connection,
        $"{Columns} JOIN message_text f ON m.id = f.rowid WHERE message_text MATCH $query ORDER BY f.rowid DESC LIMIT $count",
        ("$query", QueryOf(channel, words)),
        ("$count", count));

    /// <summary>Rows in their order, one after the other.</summary>
    /// <param name="connection">An open connection to the file.</param>
    /// <param name="since">The first time, in milliseconds since 1970.</param>
    /// <param name="until">Only messages before this time.</param>
    public static IEnumerable<StoredMessage> Between(SqliteConnection connection, long since, long until) => Rows(
        connection, $"{Columns} WHERE m.at >= $since AND m.at < $until ORDER BY m.id", ("$since", since), ("$until", until));

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
            .Where(word => word.Any(char.IsLetterOrDigit))
            .Select(word => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        return $"channel:{HistoryStore.TokenOf(channel)} AND text:({string.Join(" AND ", phrases)})";
    }

    private static List<StoredMessage> NewestLast(SqliteConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        List<StoredMessage> rows = [.. Rows(connection, sql, parameters)];
        rows.Reverse();
        return rows;
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
