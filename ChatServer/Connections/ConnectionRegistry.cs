namespace ThreadedChat.ChatServer.Connections;

/// <summary>All open connections, and how many there may be, in all and from one address.</summary>
/// <param name="places">How many there may be.</param>
/// <param name="trusted">Who is not counted by address.</param>
/// <param name="mayTakeReserved">Who may take the last places as well, whatever it has already; null for those who are trusted.</param>
internal sealed class ConnectionRegistry(Places places, TrustedNetworks? trusted = null, TrustedNetworks? mayTakeReserved = null)
{
    /// <summary>Guards the sets below. A leaf: nothing is called and nothing else is locked while it is held, but for the wait for the end.</summary>
    private readonly object _gate = new();

    private readonly HashSet<Connection> _open = [];
    private readonly Dictionary<AddressPrefix, int> _perAddress = [];
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

    /// <summary>Adds a connection where there is a place for it; <paramref name="why"/> says, for the log, why there is none.</summary>
    public AdmissionLimit TryAdd(Connection connection, out string why)
    {
        why = "";
        AddressPrefix address = AddressPrefix.OfPeer(connection.Address);
        bool isTrusted = trusted?.Contains(connection.Address) ?? false;
        bool isPrivileged = mayTakeReserved?.Contains(connection.Address) ?? isTrusted;
        lock (_gate)
        {
            if (_bar is not null)
            {
                why = _bar;
                return AdmissionLimit.Server;
            }

            int sameAddress = _perAddress.GetValueOrDefault(address);
            if (_open.Count >= places.Max)
            {
                why = $"{places.Max} clients already ({places.DecidedBy})";
                return AdmissionLimit.Server;
            }

            if (!isTrusted && sameAddress >= places.MaxPerAddress)
            {
                why = $"{places.MaxPerAddress} clients from this address already (--max-per-address)";
                return AdmissionLimit.Address;
            }

            if (!isPrivileged && sameAddress > 0 && _open.Count >= places.Max - places.Reserved)
            {
                why = $"the last {places.Reserved} places are for addresses that have none (--reserved-places)";
                return AdmissionLimit.Address;
            }

            _perAddress[address] = sameAddress + 1;
            _open.Add(connection);
            return AdmissionLimit.None;
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

            AddressPrefix address = AddressPrefix.OfPeer(connection.Address);
            if (--_perAddress[address] == 0)
            {
                _perAddress.Remove(address);
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
