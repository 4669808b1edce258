using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Http;

/// <summary>
/// A few places that all addresses share. If none is free, the address that has most gives up its oldest one. So an address that takes
/// many places cannot keep other addresses out. Not thread-safe.
/// </summary>
/// <param name="count">How many places there are.</param>
/// <param name="areKept">
/// True if a place is given up only to an address that then still has fewer; otherwise a newcomer always gets one.
/// </param>
internal sealed class HttpPlaces<T>(int count, bool areKept = false)
    where T : class
{
    /// <summary>The connections that have the places, the oldest first.</summary>
    private readonly List<(T Holder, IPAddress Network)> _taken = [];

    /// <summary>The holders, the oldest first.</summary>
    public IEnumerable<T> Holders => _taken.Select(place => place.Holder);

    public int Count => _taken.Count;

    /// <summary>True if there is a place now for a newcomer from this address, or will be when <paramref name="leaving"/> is removed.</summary>
    public bool MayAdd(IPAddress address, out T? leaving)
    {
        leaving = null;
        if (_taken.Count < count)
        {
            return true;
        }

        IPAddress newcomer = NetworkOf(address);
        Dictionary<IPAddress, int> counts = _taken.CountBy(place => place.Network).ToDictionary();
        int own = counts[newcomer] = counts.GetValueOrDefault(newcomer) + 1;
        int most = counts.Values.Max();
        if (!areKept || most > own)
        {
            leaving = _taken.FirstOrDefault(place => counts[place.Network] == most).Holder;
        }

        return leaving is not null;
    }

    /// <summary>Gives a place to a newcomer that may have one.</summary>
    public void Add(T holder, IPAddress address) => _taken.Add((holder, NetworkOf(address)));

    public void Remove(T holder) => _taken.RemoveAll(place => place.Holder == holder);

    /// <summary>An address of IPv6 is one of many that the same machine can use: the first half of its bits counts.</summary>
    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(bytes.Length / 2).Clear();
        return new IPAddress(bytes);
    }
}
