using System.Diagnostics;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>All open connections, and their limits: in total and from one address (of IPv6: one /64).</summary>
/// <param name="maxConnections">The limit in total.</param>
/// <param name="maxPerAddress">How many from one address.</param>
/// <param name="decidedBy">The limit that decided the total, for the log.</param>
/// <param name="reserved">How many of them, the last ones, are kept for addresses without a connection.</param>
/// <param name="trusted">The addresses without a limit of their own.</param>
/// <param name="mayTakeReserved">The addresses that may take reserved places although they have connections.</param>
/// <param name="maxUnknown">How many connections through proxies may wait at a time until their address is known. They take no place.</param>
internal sealed class ConnectionRegistry(
    int maxConnections,
    int maxPerAddress,
    string decidedBy = "--max-connections",
    int reserved = 0,
    TrustedNetworks? trusted = null,
    TrustedNetworks? mayTakeReserved = null,
    int maxUnknown = int.MaxValue / 2)
{
    /// <summary>Guards the sets below. A leaf: no other lock is taken under it, and no call is made but the wait for the end.</summary>
    private readonly object _gate = new();

    private readonly HashSet<Connection> _open = [];
    private readonly Dictionary<AddressPrefix, int> _perAddress = [];
    private readonly long[] _endedByReason = new long[EndedConnections.Reasons];
    private (long Receives, long Bytes, long Frames) _ended;

    /// <summary>
    /// Those of the open connections that are not counted yet (<see cref="TryCount"/>), each with its node in <see cref="_unknown"/>. The node
    /// is in no list once the connection was aborted to make a place.
    /// </summary>
    private readonly Dictionary<Connection, LinkedListNode<Connection>> _uncounted = [];

    /// <summary>The connections whose address is not known, in the order in which they came.</summary>
    private readonly LinkedList<Connection> _unknown = new();

    private string? _bar;

    /// <summary>What its connections still serve when the server stops.</summary>
    public LastInput LastInput { get; } = new();

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

    /// <summary>How many places are there for connections through proxies whose address is not known yet.</summary>
    public static int UnknownOf(int max) => Math.Clamp(max / 8, 8, 256);

    /// <summary>How many connections there may be besides those with a place: those that were aborted have a thread until they have ended.</summary>
    public static int ThreadsOfUnknown(int maxUnknown) => 2 * maxUnknown;

    /// <summary>Adds a connection if there is a place for it.</summary>
    public bool TryAdd(Connection connection, out Rejection? rejection)
    {
        lock (_gate)
        {
            rejection = Count_NeedsGate(connection);
            return rejection is null && _open.Add(connection);
        }
    }

    /// <summary>
    /// Adds a connection whose PROXY header has not arrived yet. It takes no place of those with an address. If too many wait,
    /// <paramref name="longest"/> is the one that has waited longest, which the caller aborts. Null if the new one was added.
    /// </summary>
    public Rejection? AwaitAddress(Connection connection, out Connection? longest)
    {
        longest = null;
        lock (_gate)
        {
            // Those that were aborted count until they have ended, so that their number is bounded too.
            Rejection? rejection = _bar is not null ? new Rejection(true, RejectionReason.Memory, _bar)
                : _uncounted.Count >= ThreadsOfUnknown(maxUnknown) ? new Rejection(true, RejectionReason.ServerFull, "too many proxies have sent no header")
                : null;
            if (rejection is not null)
            {
                return rejection;
            }

            if (_unknown.Count >= maxUnknown)
            {
                longest = _unknown.First!.Value;
                _unknown.RemoveFirst();
            }

            _uncounted.Add(connection, _unknown.AddLast(connection));
            _open.Add(connection);
            return null;
        }
    }

    /// <summary>Gives a place to a connection whose address has become known. False if there is none, or its address has too many: it stays uncounted.</summary>
    public bool TryCount(Connection connection, out Rejection? rejection)
    {
        lock (_gate)
        {
            rejection = Count_NeedsGate(connection);
            if (rejection is null)
            {
                ForgetUncounted_NeedsGate(connection);
            }

            return rejection is null;
        }
    }

    /// <summary>From now on rejects all new connections with this reason; null: rejects them no more.</summary>
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
            if (!ForgetUncounted_NeedsGate(connection) && --_perAddress[address] == 0)
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

    /// <summary>True for a connection that was not counted yet.</summary>
    private bool ForgetUncounted_NeedsGate(Connection connection)
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The gate guards the counts.");
        if (!_uncounted.Remove(connection, out LinkedListNode<Connection>? node))
        {
            return false;
        }

        node.List?.Remove(node);
        return true;
    }

    /// <summary>Counts a connection with a known address, unless there is no place for it.</summary>
    private Rejection? Count_NeedsGate(Connection connection)
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The gate guards the counts.");
        int counted = _open.Count - _uncounted.Count;
        if (_bar is not null)
        {
            return new Rejection(true, RejectionReason.Memory, _bar);
        }

        if (counted >= maxConnections)
        {
            return new Rejection(true, RejectionReason.ServerFull, $"{maxConnections} clients already ({decidedBy})");
        }

        AddressPrefix address = AddressPrefix.OfPeer(connection.Address);
        int sameAddress = _perAddress.GetValueOrDefault(address);
        if (sameAddress >= maxPerAddress && trusted?.Contains(connection.Address) != true)
        {
            return new Rejection(false, RejectionReason.AddressLimit, $"{maxPerAddress} clients from this address already (--max-per-address)");
        }

        if (sameAddress > 0 && counted >= maxConnections - reserved && mayTakeReserved?.Contains(connection.Address) != true)
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
