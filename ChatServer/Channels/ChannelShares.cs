namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// How many channels one connection, one address and one network may have, so that nobody can take them all: a connection a tenth of all
/// that there may be, an address as many as are still free, the network around it three times as many, and the network around that seven
/// times as many. The first address can so have half, its network three quarters, the next one seven eighths: something is always
/// left for others. An address with fewer than 10 does not suffer from the others of its networks while an eighth of all is free. Up to 100 are always allowed, as far as that leaves half of all to other connections, and a tenth to other addresses.
/// A channel counts as long as it exists, whether its creator is still there or not. Not thread-safe: the table's lock guards it.
/// </summary>
internal sealed class ChannelShares(int maxChannels)
{
    private const int Few = 10;
    private const int Always = 100;
    private const int ConnectionShare = 10;
    private const int OthersShare = 10;

    private readonly int _mostOfConnection = Math.Max(Math.Min(Always, (maxChannels + 1) / 2), maxChannels / ConnectionShare);
    private readonly int _alwaysOfPlace = Math.Max(1, Math.Min(Always, maxChannels - ((maxChannels + OthersShare - 1) / OthersShare)));

    /// <summary>The channels of each address and of each network.</summary>
    private readonly Dictionary<string, int> _perPlace = new(StringComparer.Ordinal);

    /// <summary>True if <paramref name="founder"/> may have one more while there are <paramref name="count"/> in total.</summary>
    public bool Allows(Founder founder, int count)
    {
        long free = maxChannels - count;
        return free > 0 && founder.Channels < _mostOfConnection && AllPlacesAllow(founder, free);
    }

    /// <summary>Counts a channel that was created.</summary>
    public void Add(Founder founder)
    {
        IReadOnlyList<string> places = founder.Places;
        _perPlace.EnsureCapacity(_perPlace.Count + places.Count); // fails if memory runs out: then nothing has changed
        foreach (string place in places)
        {
            _perPlace[place] = _perPlace.GetValueOrDefault(place) + 1;
        }

        founder.Channels++;
    }

    /// <summary>Counts a channel that was removed.</summary>
    public void Remove(Founder founder)
    {
        founder.Channels--;
        foreach (string place in founder.Places)
        {
            if (--_perPlace[place] == 0)
            {
                _perPlace.Remove(place);
            }
        }
    }

    private bool AllPlacesAllow(Founder founder, long free)
    {
        if (free > Math.Max(1, maxChannels / 8) && HasFew(founder))
        {
            return true;
        }

        long most = free;
        foreach (string place in founder.Places)
        {
            if (_perPlace.GetValueOrDefault(place) >= Math.Max(_alwaysOfPlace, most))
            {
                return false;
            }

            most = (2 * most) + free;
        }

        return true;
    }

    /// <summary>True for an address with a few channels: others in its network may have taken the share of that.</summary>
    private bool HasFew(Founder founder) => founder.Places is [var address, ..] && _perPlace.GetValueOrDefault(address) < Few;
}
