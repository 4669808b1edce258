namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// How many channels one connection and one address may have, so that nobody can take them all: a connection a tenth of all
/// that there may be, an address as many as are still free; or 100, or half of all where that is less. The first address can so have half, the next one half of the
/// rest: something is always left for others. Not thread-safe: the table's lock guards it.
/// </summary>
internal sealed class ChannelShares(int maxChannels)
{
    /// <summary>So many are never too many; but half of all where that is less, so that something is left for others.</summary>
    private readonly int _always = Math.Min(100, (maxChannels + 1) / 2);

    private const int ConnectionShare = 10;

    private readonly Dictionary<string, int> _perAddress = new(StringComparer.Ordinal);

    /// <summary>True where <paramref name="founder"/> may have one more, while there are <paramref name="count"/> in all.</summary>
    public bool Allows(Founder founder, int count)
    {
        int free = maxChannels - count;
        int ofAddress = founder.Address is null ? 0 : _perAddress.GetValueOrDefault(founder.Address);
        return free > 0
            && founder.Channels < Math.Max(_always, maxChannels / ConnectionShare)
            && ofAddress < Math.Max(_always, free);
    }

    /// <summary>Counts a channel that was created.</summary>
    public void Add(Founder founder)
    {
        if (founder.Address is string address)
        {
            _perAddress[address] = _perAddress.GetValueOrDefault(address) + 1; // fails where memory runs out: then nothing has changed
        }

        founder.Channels++;
    }

    /// <summary>Counts a channel that was removed.</summary>
    public void Remove(Founder founder)
    {
        founder.Channels--;
        if (founder.Address is string address && --_perAddress[address] == 0)
        {
            _perAddress.Remove(address);
        }
    }
}
