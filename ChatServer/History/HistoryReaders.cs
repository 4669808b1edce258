using Microsoft.Data.Sqlite;
using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.History;

/// <summary>
/// Connections for queries, each used by one thread at a time. They are opened when they are needed, up to a limit; then the clients wait in a
/// line (<see cref="QueryTurns"/>). Searches have a limit and a line of their own, so slow ones do not delay those who ask for the last messages.
/// </summary>
internal sealed class HistoryReaders(string path, TimeProvider time) : IDisposable
{
    /// <summary>A connection costs memory for its cache, and two or three open files.</summary>
    private const int Most = 8;

    /// <summary>A search may keep a processor busy for some time: half of the processors are left to the chat.</summary>
    internal static readonly int MostSearches = Math.Clamp(Environment.ProcessorCount / 2, 1, Most);

    private readonly QueryTurns _turns = new(Most, time);
    private readonly QueryTurns _searchTurns = new(MostSearches, time);

    /// <summary>Guards <see cref="_idle"/> and <see cref="_isClosed"/>. A leaf.</summary>
    private readonly Lock _gate = new();

    private readonly Stack<SqliteConnection> _idle = new();
    private bool _isClosed;

    /// <summary>Runs a query for a client on a connection, in its turn; false if that does not come within <paramref name="limit"/>, or too many wait, or the client is leaving.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    /// <exception cref="HistoryException">The file cannot be opened.</exception>
    public bool TryRead<T>(Participant client, bool isSearch, TimeSpan limit, Func<SqliteConnection, T> query, out T? result)
    {
        T? read = default;
        bool isRead = (isSearch ? _searchTurns : _turns).TryRun(
            client.Founder.Address ?? "", client, limit, () => read = Read(query), isOver: () => !client.Outbox.IsOpen);
        result = read;
        return isRead;
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

    private T Read<T>(Func<SqliteConnection, T> query)
    {
        SqliteConnection connection = TakeIdle() ?? HistoryDatabase.OpenForReading(path);
        bool isWell = false;
        try
        {
            T result = query(connection);
            isWell = true;
            return result;
        }
        finally
        {
            if (!(isWell && TryKeep(connection)))
            {
                connection.Dispose();
            }
        }
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
