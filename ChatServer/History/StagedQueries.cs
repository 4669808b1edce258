using System.Text;
using Microsoft.Data.Sqlite;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.History;

/// <summary>The queries on the runs that have no row for each message yet. A file of an older version has no such table.</summary>
internal static class StagedQueries
{
    /// <summary>Another program may have changed the file: whatever is in it, the columns can be read.</summary>
    private const string Columns = """
        SELECT first, CAST(staged.channel AS INTEGER), CAST(at AS INTEGER), CAST(packed AS BLOB), min(max(CAST(missing AS INTEGER), 0), 2147483647), channel.name
        FROM staged LEFT JOIN channel ON channel.id = staged.channel
        """;

    /// <summary>True if the file has the table.</summary>
    public static bool HasTable(SqliteConnection connection) =>
        HistoryDatabase.Number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'staged'") > 0;

    /// <summary>The row of the last message; 0 if there is none.</summary>
    public static long LastRow(SqliteConnection connection) =>
        HasTable(connection) ? Runs(connection, $"{Columns} ORDER BY first DESC LIMIT $value", 1).FirstOrDefault().Run.Last : 0;

    /// <summary>The first row of each run and its channel, oldest first.</summary>
    public static List<(long First, long Channel)> Firsts(SqliteConnection connection)
    {
        var runs = new List<(long, long)>();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT first, CAST(channel AS INTEGER) FROM staged ORDER BY first";
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            runs.Add((rows.GetInt64(0), rows.GetInt64(1)));
        }

        return runs;
    }

    /// <summary>The oldest runs after a row, with the names of their channels: as many runs as make <paramref name="count"/> messages.</summary>
    public static List<(MessageRun Run, string? Channel)> Oldest(SqliteConnection connection, long after, int count)
    {
        var runs = new List<(MessageRun Run, string? Channel)>();
        if (HasTable(connection))
        {
            foreach ((MessageRun Run, string? Channel) next in Runs(connection, $"{Columns} WHERE first > $value ORDER BY first", after))
            {
                runs.Add(next);
                if (next.Run.Last - runs[0].Run.First + 1 >= count)
                {
                    break;
                }
            }
        }

        return runs;
    }

    /// <summary>The last <paramref name="count"/> messages of a channel, newest first.</summary>
    /// <param name="connection">Where from.</param>
    /// <param name="channel">The number of the channel.</param>
    /// <param name="firsts">The first rows of its runs. Those that are no longer staged are left out.</param>
    /// <param name="count">How many messages.</param>
    public static List<StoredMessage> Newest(SqliteConnection connection, long channel, IReadOnlyList<long> firsts, int count)
    {
        var messages = new List<StoredMessage>();
        if (firsts.Count > 0)
        {
            string isOneOfThem = FormattableString.Invariant($"first IN ({string.Join(',', firsts)})");
            foreach ((MessageRun run, string? name) in Runs(connection, $"{Columns} WHERE {isOneOfThem} AND staged.channel = $value ORDER BY first DESC", channel))
            {
                messages.AddRange(Messages(run, name).Reverse().Take(count - messages.Count));
                if (messages.Count >= count)
                {
                    break;
                }
            }
        }

        return messages;
    }

    /// <summary>The messages of a run, oldest first.</summary>
    public static IEnumerable<StoredMessage> Messages(MessageRun run, string? channel)
    {
        if (channel is null)
        {
            return []; // as for a message whose channel is missing
        }

        if (run.Missing > 0)
        {
            return [new StoredMessage(channel, run.At, "", "", run.Missing)];
        }

        var messages = new List<StoredMessage>();
        for (ReadOnlySpan<byte> frames = run.Frames.Span; !frames.IsEmpty; frames = frames[Frame.Size..])
        {
            FrameText.Split(frames[..Frame.Size], out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text);
            messages.Add(new StoredMessage(channel, run.At, Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(text), Missing: 0));
        }

        return messages;
    }

    private static IEnumerable<(MessageRun Run, string? Channel)> Runs(SqliteConnection connection, string sql, long value)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$value", value);
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            byte[] frames = PackedFrames.Unpack(rows.GetFieldValue<byte[]>(3));
            yield return (
                new MessageRun(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), frames, rows.GetInt32(4)),
                rows.IsDBNull(5) ? null : rows.GetString(5));
        }
    }
}
