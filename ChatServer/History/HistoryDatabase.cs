using System.Globalization;
using Microsoft.Data.Sqlite;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.History;

/// <summary>The file of the history: opens it, checks its contents, and explains why a file cannot be used.</summary>
internal static class HistoryDatabase
{
    /// <summary>The version of the tables that this program writes and reads.</summary>
    public const int Version = 2;

    /// <summary>Tells the file of a history from other databases: "TCh1".</summary>
    private const int ApplicationId = 0x54436831;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The result codes of SQLite that have a meaning for a person.</summary>
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>The number of the error that .NET reports if another process has locked a file.</summary>
    private const int LockedByOther = 11;

    private const string Tables = """
        CREATE TABLE channel(id INTEGER PRIMARY KEY, name TEXT NOT NULL, closed INTEGER NOT NULL);
        CREATE TABLE message(
            id INTEGER PRIMARY KEY, channel INTEGER NOT NULL, at INTEGER NOT NULL,
            name TEXT NOT NULL, text TEXT NOT NULL, missing INTEGER NOT NULL);
        CREATE INDEX message_of_channel ON message(channel, id);
        CREATE VIRTUAL TABLE message_text USING fts5(
            channel, text, content='', tokenize='unicode61 remove_diacritics 2');
        INSERT INTO message_text(message_text, rank) VALUES('secure-delete', 1);
        """;

    /// <summary>
    /// Creates a missing file, for its owner alone, and locks out other servers until the result is disposed, which
    /// must come after all connections are: closing any handle of a file gives up the locks of SQLite.
    /// </summary>
    /// <exception cref="HistoryException">That cannot be done.</exception>
    public static IDisposable Lock(string path)
    {
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            RegularFile.Require(path);
            return new FileStream(path, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CannotOpenFile(path, e);
        }
    }

    /// <summary>Takes the rights of others from a file that was there already and is a history, and from the two that SQLite keeps beside it.</summary>
    public static void Protect(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (string file in new[] { path, $"{path}-wal", $"{path}-shm" }.Where(File.Exists))
        {
            File.SetUnixFileMode(file, OwnerOnly);
        }
    }

    /// <summary>A connection that writes. Makes the tables in an empty file.</summary>
    /// <exception cref="HistoryException">The file cannot be used.</exception>
    public static SqliteConnection OpenForWriting(string path) => Open(path, SqliteOpenMode.ReadWrite, connection =>
    {
        if (Number(connection, "SELECT count(*) FROM sqlite_schema") == 0
            && Number(connection, "PRAGMA user_version") == 0
            && Number(connection, "PRAGMA application_id") == 0)
        {
            Run(connection, $"""
                PRAGMA journal_mode=WAL;
                BEGIN IMMEDIATE;
                {Tables}
                PRAGMA application_id={ApplicationId};
                PRAGMA user_version={Version};
                COMMIT;
                """);
        }

        Check(connection, path);

        HistoryPlace.MakeTable(connection);
        StagedRuns.MakeTable(connection);
        if (Number(connection, "PRAGMA user_version") < Version)
        {
            Run(connection, $"PRAGMA user_version={Version}"); // version 1 has no staged runs
        }

        // NORMAL: a commit is safe from a kill of the process, and the file from a loss of power, which may cost the last commits.
        Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;");
    });

    /// <summary>A connection that only reads, also while a server writes.</summary>
    /// <exception cref="HistoryException">The file cannot be used.</exception>
    public static SqliteConnection OpenForReading(string path)
    {
        if (Directory.Exists(path))
        {
            throw new HistoryException($"Cannot open the history '{path}': it is a folder.");
        }

        try
        {
            return Open(path, SqliteOpenMode.ReadOnly, connection => Check(connection, path));
        }
        catch (HistoryException) when (File.Exists(path) && !File.Exists($"{path}-wal"))
        {
            // No server writes to it, and in a read-only folder the file for the shared memory cannot be created.
            return Open(ImmutableUri(path), SqliteOpenMode.ReadOnly, connection => Check(connection, path), path);
        }
    }

    /// <summary>The error, in one line for a user.</summary>
    public static string Explain(Exception fault) => fault switch
    {
        SqliteException { SqliteErrorCode: Busy } => "another program writes to it",
        SqliteException { SqliteErrorCode: ReadOnly } => "the file or its folder cannot be written",
        SqliteException { SqliteErrorCode: IoError } => "the disk fails",
        SqliteException { SqliteErrorCode: Corrupt } => "the file is broken",
        SqliteException { SqliteErrorCode: Full } => "the disk is full",
        SqliteException { SqliteErrorCode: CannotOpen } => "there is no such file, or it cannot be opened",
        SqliteException { SqliteErrorCode: NotADatabase } => "it is not a history of this server",
        SqliteException e => $"SQLite reports error {e.SqliteErrorCode.ToString(CultureInfo.InvariantCulture)}",
        DirectoryNotFoundException => "its folder does not exist",
        UnauthorizedAccessException => "the file or its folder cannot be written",
        IOException { HResult: LockedByOther } => "another server uses it",
        _ => fault.Message.ReplaceLineEndings(" "),
    };

    /// <summary>Runs statements that have no result.</summary>
    public static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The result of a query for one number.</summary>
    public static long Number(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long number ? number : 0;
    }

    private static SqliteConnection Open(string source, SqliteOpenMode mode, Action<SqliteConnection> prepare, string? path = null)
    {
        SqliteConnection connection = Create(source, mode, path ?? source);
        try
        {
            connection.Open();
            prepare(connection);
            return connection;
        }
        catch (Exception e) when (e is SqliteException or HistoryException)
        {
            connection.Dispose();
            throw e as HistoryException ?? CannotOpenFile(path ?? source, e);
        }
    }

    private static SqliteConnection Create(string source, SqliteOpenMode mode, string path)
    {
        try
        {
            return new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = source,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 1, // seconds that it waits for another program's lock
            }.ToString());
        }
        catch (TypeInitializationException)
        {
            string file = OperatingSystem.IsWindows() ? "e_sqlite3.dll" : OperatingSystem.IsMacOS() ? "libe_sqlite3.dylib" : "libe_sqlite3.so";
            throw new HistoryException($"Cannot open the history '{path}': {file} is missing from the server's folder.");
        }
    }

    /// <summary>Reads enough to see that it is a history, of this version, and that its tables can be read.</summary>
    private static void Check(SqliteConnection connection, string path)
    {
        long version = Number(connection, "PRAGMA user_version");
        if (Number(connection, "PRAGMA application_id") != ApplicationId)
        {
            throw new HistoryException($"Cannot open the history '{path}': it is not a history of this server.");
        }

        if (version > Version)
        {
            throw new HistoryException($"Cannot open the history '{path}': it has version {version}, and this server reads versions up to {Version}.");
        }

        Number(connection, "SELECT max(id) FROM channel");
        Number(connection, "SELECT max(id) FROM message"); // one for each index: two in one statement read the whole table
        Number(connection, "SELECT max(channel) FROM message");
        Number(connection, "SELECT at FROM message ORDER BY id DESC LIMIT 1");
        StagedQueries.LastRow(connection);
        Number(connection, "SELECT rowid FROM message_text WHERE message_text MATCH 'x' LIMIT 1");
    }

    private static string ImmutableUri(string path) =>
        $"file:{Uri.EscapeDataString(Path.GetFullPath(path)).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1";

    private static HistoryException CannotOpenFile(string path, Exception fault) =>
        new($"Cannot open the history '{path}': {Explain(fault).TrimEnd('.')}.");
}
