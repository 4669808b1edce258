using Microsoft.Data.Sqlite;
using ThreadedChat.ChatServer.History;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>A folder for the file of a history; removed with all that is in it.</summary>
internal sealed class HistoryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-history-");

    public string Path => _folder.FullName;

    /// <summary>A file in it, which may not be there yet.</summary>
    public string File => System.IO.Path.Combine(Path, "chat.db");

    /// <summary>A connection of the test itself, which creates a missing file.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>The result of a query for one value, on a connection of its own.</summary>
    public T Ask<T>(string sql)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    /// <summary>Runs statements on a connection of its own, which creates a missing file.</summary>
    public void Run(string sql)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The texts of the messages in the file, in their order, also of those without a row.</summary>
    public string[] Texts()
    {
        var texts = new List<string>();
        using SqliteConnection connection = Open();
        using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT text FROM message WHERE missing = 0 ORDER BY id";
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            texts.Add(rows.GetString(0));
        }

        IEnumerable<StoredMessage> staged = StagedQueries.Oldest(connection, long.MinValue, int.MaxValue).SelectMany(next => StagedQueries.Messages(next.Run, ""));
        return [.. texts, .. staged.Where(message => message.Missing == 0).Select(message => message.Text)];
    }

    public void Dispose() => _folder.Remove();
}
