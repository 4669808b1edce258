using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ThreadedChat.ChatServer.History;

/// <summary>
/// A statement that is run for each row. It gives SQLite the bytes as they are in a frame: a command of ADO.NET makes strings and objects
/// of them, and takes twice as long for a row as SQLite itself.
/// </summary>
internal sealed class RowStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <exception cref="SqliteException">The statement does not fit the tables.</exception>
    public RowStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>Sets a parameter; the first is 1.</summary>
    public RowStatement Set(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    /// <inheritdoc cref="Set(int, long)"/>
    public RowStatement Set(int parameter, ReadOnlySpan<byte> utf8)
    {
        // A span without bytes has no address, and SQLite would take that for NULL.
        Check(utf8.IsEmpty ? raw.sqlite3_bind_text(_statement, parameter, "") : raw.sqlite3_bind_text(_statement, parameter, utf8));
        return this;
    }

    /// <summary>Sets a parameter to bytes that are no text.</summary>
    public RowStatement SetBytes(int parameter, ReadOnlySpan<byte> bytes)
    {
        Check(bytes.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0) : raw.sqlite3_bind_blob(_statement, parameter, bytes));
        return this;
    }

    /// <summary>Runs the statement once. Returns how many rows it has changed.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public int Run()
    {
        int result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result);
        return raw.sqlite3_changes(_database);
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
