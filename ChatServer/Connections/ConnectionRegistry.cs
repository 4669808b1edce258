using System.Diagnostics;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>All open connections, and their limits: in total and from one address (of IPv6: one /64).</summary>
/// <param name="maxConnections">The limit in total.</param>
/// <param name="maxPerAddress">How many from one address.</param>
/// <param name="decidedBy">The limit that decided the total, for the log.</param>
/// <param name="reserved">How many of them, the last ones, are kept for addresses without a connection.</param>
/// <param name="trusted">The addresses without a limit of their own.</param>
/// <param name="mayTakeReserved">The addresses that may take reserved places although they have connections.</param>
internal sealed class ConnectionRegistry(
    int maxConnections,
    int maxPerAddress,
    string decidedBy = "--max-connections",
    int reserved = 0,
    TrustedNetworks? trusted = null,
    TrustedNetworks? mayTakeReserved = null)
{
    /// <summary>Guards the sets below. A leaf: no other lock is taken under it, and no call is made but the wait for the end.</summary>
    private readonly object _gate = new();

    private readonly HashSet<Connection> _open = [];
    private readonly Dictionary<AddressPrefix, int> _perAddress = [];
    private readonly long[] _endedByReason = new long[EndedConnections.Reasons];
    private (long Receives, long Bytes, long Frames) _ended;

    /// <summary>Those of the open connections that are not counted by address yet: <see cref="TryCount"/>.</summary>
    private readonly HashSet<Connection> _uncounted = [];

    private string? _bar;

    /// <summary>How many connections are open.</summary>
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

    /// <summary>How many places are reserved by default: a sixteenth, at most 64.</summary>
    public static int ReservedOf(int max) => Math.Min(64, max / 16);

    /// <summary>Adds a connection if there is a place for it. One whose address is not known yet is not counted by address.</summary>
    public bool TryAdd(Connection connection, out Rejection? rejection)
    {
        lock (_gate)
        {
            rejection = _bar is not null ? new Rejection(true, RejectionReason.Memory, _bar)
                : _open.Count >= maxConnections ? new Rejection(true, RejectionReason.ServerFull, $"{maxConnections} clients already ({decidedBy})")
                : connection.IsAddressKnown ? CountByAddress_NeedsGate(connection, _open.Count)
                : null;
            if (rejection is not null)
            {
                return false;
            }

            if (!connection.IsAddressKnown)
            {
                _uncounted.Add(connection);
            }

            return _open.Add(connection);
        }
    }

    /// <summary>Counts an open connection by its address, which has become known. False if its address has too many: it stays uncounted.</summary>
    public bool TryCount(Connection connection, out Rejection? rejection)
    {
        lock (_gate)
        {
            rejection = CountByAddress_NeedsGate(connection, _open.Count - 1);
            if (rejection is null)
            {
                _uncounted.Remove(connection);
            }

            return rejection is null;
        }
    }

    /// <summary>Adds no connection any more, for this reason; with null, adds them again.</summary>
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

            CountEnded_NeedsGate(connection);
            AddressPrefix address = AddressPrefix.OfPeer(connection.Address);
            if (!_uncounted.Remove(connection) && --_perAddress[address] == 0)
            {
                _perAddress.Remove(address);
            }

            if (_open.Count == 0)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>
    /// Puts all open connections into <paramref name="list"/>, in place of what it held. Returns what those counted that have ended, at
    /// the same moment.
    /// </summary>
    public EndedConnections CopyTo(List<Connection> list)
    {
        list.Clear();
        lock (_gate)
        {
            list.AddRange(_open);
            return new EndedConnections([.. _endedByReason], _ended.Receives, _ended.Bytes, _ended.Frames);
        }
    }

    /// <summary>Waits until no connection is open, at most for <paramref name="limit"/>. False if some are still open.</summary>
    public bool WaitUntilEmpty(TimeSpan limit, TimeProvider? time = null)
    {
        lock (_gate)
        {
            return MonitorWait.Until(_gate, () => _open.Count == 0, time ?? TimeProvider.System, limit);
        }
    }

    private Rejection? CountByAddress_NeedsGate(Connection connection, int others)
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The gate guards the counts.");
        AddressPrefix address = AddressPrefix.OfPeer(connection.Address);
        int sameAddress = _perAddress.GetValueOrDefault(address);
        if (sameAddress >= maxPerAddress && trusted?.Contains(connection.Address) != true)
        {
            return new Rejection(false, RejectionReason.AddressLimit, $"{maxPerAddress} clients from this address already (--max-per-address)");
        }

        if (sameAddress > 0 && others >= maxConnections - reserved && mayTakeReserved?.Contains(connection.Address) != true)
        {
            return new Rejection(false, RejectionReason.ReservedPlaces, $"the last {reserved} places are for addresses that have none (--reserved-places)");
        }

        _perAddress[address] = sameAddress + 1;
        return null;
    }

    private void CountEnded_NeedsGate(Connection connection)
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The gate guards the counts.");
        ReaderActivity activity = connection.Activity;
        _endedByReason[(int)connection.Reason]++;
        _ended.Receives += activity.Receives;
        _ended.Bytes += activity.Bytes;
        _ended.Frames += activity.Frames;
    }
}
