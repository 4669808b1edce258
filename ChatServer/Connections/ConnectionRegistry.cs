using System.Net;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>All open connections, and how many there may be, in all and from one address.</summary>
/// <param name="maxConnections">How many in all.</param>
/// <param name="maxPerAddress">How many from one address.</param>
/// <param name="decidedBy">What decided how many in all, for the log.</param>
internal sealed class ConnectionRegistry(int maxConnections, int maxPerAddress, string decidedBy = "--max-connections")
{
    /// <summary>Guards the sets below. A leaf: nothing is called and nothing else is locked while it is held, but for the wait for the end.</summary>
    private readonly object _gate = new();

    private readonly HashSet<Connection> _open = [];
    private readonly Dictionary<IPAddress, int> _perAddress = [];
    private string? _bar;

    /// <summary>How many are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Adds a connection, unless there are as many as there may be: <paramref name="limit"/> then says, for the log, which limit that is.</summary>
    public bool TryAdd(Connection connection, out string limit)
    {
        lock (_gate)
        {
            int sameAddress = _perAddress.GetValueOrDefault(connection.Address);
            limit = _bar is not null ? _bar
                : _open.Count >= maxConnections ? $"{maxConnections} clients already ({decidedBy})"
                : sameAddress >= maxPerAddress ? $"{maxPerAddress} clients from this address already (--max-per-address)"
                : "";
            if (limit.Length > 0)
            {
                return false;
            }

            _perAddress[connection.Address] = sameAddress + 1;
            return _open.Add(connection);
        }
    }

    /// <summary>Lets nobody in any more, for this reason; with null, lets them in again.</summary>
    public void Bar(string? reason)
    {
        lock (_gate)
        {
            _bar = reason;
        }
    }

    /// <summary>Removes a connection that was added.</summary>
    public void Remove(Connection connection)
    {
        lock (_gate)
        {
            if (!_open.Remove(connection))
            {
                return;
            }

            if (--_perAddress[connection.Address] == 0)
            {
                _perAddress.Remove(connection.Address);
            }

            if (_open.Count == 0)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Puts all open connections into <paramref name="list"/>, in place of what it held.</summary>
    public void CopyTo(List<Connection> list)
    {
        list.Clear();
        lock (_gate)
        {
            list.AddRange(_open);
        }
    }

    /// <summary>Waits until none is open, at most <paramref name="limit"/>. False if some still are.</summary>
    public bool AwaitEmpty(TimeSpan limit, TimeProvider? time = null)
    {
        lock (_gate)
        {
            return GateWait.Until(_gate, () => _open.Count == 0, time ?? TimeProvider.System, limit);
        }
    }
}
