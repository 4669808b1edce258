using Microsoft.Data.Sqlite;
using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.History;

/// <summary>How far the file goes in the log of several servers. The table is empty in a file of a server that is alone, and missing in old ones.</summary>
internal static class HistoryPlace
{
    private const string Table = "CREATE TABLE IF NOT EXISTS place(id INTEGER PRIMARY KEY, at INTEGER, position INTEGER, stamp INTEGER, sum INTEGER, part INTEGER)";

    /// <summary>Makes the table in a file that has none.</summary>
    public static void MakeTable(SqliteConnection connection) => HistoryDatabase.Run(connection, Table);

    /// <summary>The place in a file; null for none.</summary>
    public static RecordPlace? Read(SqliteConnection connection)
    {
        if (HistoryDatabase.Number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'place'") == 0)
        {
            return null;
        }

        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT at, position, stamp, sum, part FROM place WHERE id = 1";
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() ? new RecordPlace(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt32(4)) : null;
    }

    /// <summary>Writes the place, inside a transaction with what leads up to it.</summary>
    public static void Write(SqliteConnection connection, RecordPlace place)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT OR REPLACE INTO place(id, at, position, stamp, sum, part) VALUES(1, $at, $position, $stamp, $sum, $part)";
        command.Parameters.AddWithValue("$at", place.At);
        command.Parameters.AddWithValue("$position", place.Position);
        command.Parameters.AddWithValue("$stamp", place.Stamp);
        command.Parameters.AddWithValue("$sum", place.Sum);
        command.Parameters.AddWithValue("$part", place.Index);
        command.ExecuteNonQuery();
    }
}
