using Microsoft.Data.Sqlite;

namespace ThreadedChat.ChatServer.History;

/// <summary>
/// Connections for queries, each used by one thread at a time. They are opened when they are needed, up to a limit; then a thread waits
/// until one is free.
/// </summary>
internal sealed class HistoryReaders(string path) : IDisposable
{
    /// <summary>
    /// A connection costs memory for its cache, and two or three open files. A search may keep a processor busy for some time: half of
    /// the processors are left to the chat.
    /// </summary>
    private static readonly int Most = Math.Clamp(Environment.ProcessorCount / 2, 1, 8);

    private readonly SemaphoreSlim _free = new(Most);

    /// <summary>Guards <see cref="_idle"/> and <see cref="_isClosed"/>. A leaf.</summary>
    private readonly Lock _gate = new();

    private readonly Stack<SqliteConnection> _idle = new();
    private bool _isClosed;

    /// <summary>Runs a query on a connection; false if none is free within <paramref name="limit"/>.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    /// <exception cref="HistoryException">The file cannot be opened.</exception>
    public bool TryRead<T>(TimeSpan limit, Func<SqliteConnection, T> query, out T? result)
    {
        result = default;
        if (!_free.Wait(limit))
        {
            return false;
        }

        SqliteConnection? connection = null;
        bool isWell = false;
        try
        {
            connection = TakeIdle() ?? HistoryDatabase.OpenForReading(path);
            result = query(connection);
            isWell = true;
            return true;
        }
        finally
        {
            if (connection is not null && !(isWell && TryKeep(connection)))
            {
                connection.Dispose();
            }

            _free.Release();
        }
    }

    /// <summary>Closes those that are idle; the others close when they are given back.</summary>
    public void Dispose()
    {
        SqliteConnection[] idle;
        lock (_gate)
        {
            _isClosed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        Array.ForEach(idle, connection => connection.Dispose());
    }

    private SqliteConnection? TakeIdle()
    {
        lock (_gate)
        {
            return _idle.TryPop(out SqliteConnection? connection) ? connection : null;
        }
    }

    private bool TryKeep(SqliteConnection connection)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _idle.Push(connection);
            }

            return !_isClosed;
        }
    }
}
