using Microsoft.Data.Sqlite;

namespace ThreadedChat.ChatServer.History;

/// <summary>
/// Connections for queries, each used by one thread at a time. They are opened when they are needed, up to a limit; then a thread waits
/// until one is free. Searches have a limit of their own, so a slow one does not delay those who ask for the last messages.
/// </summary>
internal sealed class HistoryReaders(string path) : IDisposable
{
    /// <summary>A connection costs memory for its cache, and two or three open files.</summary>
    private const int Most = 8;

    /// <summary>A search may keep a processor busy for some time: half of the processors are left to the chat.</summary>
    internal static readonly int MostSearches = Math.Clamp(Environment.ProcessorCount / 2, 1, Most);

    private readonly SemaphoreSlim _free = new(Most);
    private readonly SemaphoreSlim _freeForSearch = new(MostSearches);

    /// <summary>Guards <see cref="_idle"/> and <see cref="_isClosed"/>. A leaf.</summary>
    private readonly Lock _gate = new();

    private readonly Stack<SqliteConnection> _idle = new();
    private bool _isClosed;

    /// <summary>Runs a query on a connection; false if none is free within <paramref name="limit"/>.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    /// <exception cref="HistoryException">The file cannot be opened.</exception>
    public bool TryRead<T>(bool isSearch, TimeSpan limit, Func<SqliteConnection, T> query, out T? result)
    {
        result = default;
        SemaphoreSlim free = isSearch ? _freeForSearch : _free;
        if (!free.Wait(limit))
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

            free.Release();
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
