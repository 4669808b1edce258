using Microsoft.Data.Sqlite;

namespace ThreadedChat.ChatServer.History;

/// <summary>
/// How many messages each channel has. There may be a million channels: those with more than the limit are in a set of their own. Counted from the
/// database only when they are asked for, since most servers have no such limit.
/// </summary>
/// <param name="connection">The one that writes.</param>
/// <param name="limit">How many messages a channel keeps; null: all of them.</param>
internal sealed class ChannelCounts(SqliteConnection connection, int? limit)
{
    private readonly HashSet<long> _aboveLimit = [];

    /// <summary>Null while the counts are unknown.</summary>
    private Dictionary<long, long>? _counts;

    /// <summary>Messages were added to a channel, or removed from it.</summary>
    public void Change(long channel, int by)
    {
        if (_counts is not null)
        {
            Set(channel, _counts.GetValueOrDefault(channel) + by);
        }
    }

    /// <summary>Counts again when the counts are asked for.</summary>
    public void Forget()
    {
        _counts = null;
        _aboveLimit.Clear();
    }

    /// <summary>The channels that have more messages than the limit, and how many they have. They may be changed meanwhile.</summary>
    public IEnumerable<(long Channel, long Count)> AboveLimit()
    {
        if (_counts is null)
        {
            CountAll();
        }

        foreach (long channel in _aboveLimit.ToArray())
        {
            yield return (channel, _counts![channel]);
        }
    }

    private void CountAll()
    {
        _counts = [];
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT channel, count(*) FROM message GROUP BY channel";
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            Set(rows.GetInt64(0), rows.GetInt64(1));
        }
    }

    private void Set(long channel, long count)
    {
        _counts![channel] = count;
        if (count > limit)
        {
            _aboveLimit.Add(channel);
        }
        else
        {
            _aboveLimit.Remove(channel);
        }
    }
}
