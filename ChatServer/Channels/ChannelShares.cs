namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// How many channels one connection and one address may have, so that no client can take them all: a connection a tenth of all
/// that there may be, an address as many as are still free. The first address can so have half, the next one half of the
/// rest: something is always left for others. Up to 100 are always allowed, as far as that leaves half of all to other connections, and a tenth
/// to other addresses. Not thread-safe: the table's lock guards it.
/// </summary>
internal sealed class ChannelShares(int maxChannels)
{
    private const int Always = 100;
    private const int ConnectionShare = 10;
    private const int OthersShare = 10;

    private readonly int _mostOfConnection = Math.Max(Math.Min(Always, (maxChannels + 1) / 2), maxChannels / ConnectionShare);
    private readonly int _alwaysOfAddress = Math.Max(1, Math.Min(Always, maxChannels - ((maxChannels + OthersShare - 1) / OthersShare)));
    private readonly Dictionary<string, int> _perAddress = new(StringComparer.Ordinal);

    /// <summary>True if <paramref name="founder"/> may have one more while there are <paramref name="count"/> in total.</summary>
    public bool Allows(Founder founder, int count)
    {
        int free = maxChannels - count;
        int ofAddress = founder.Address is null ? 0 : _perAddress.GetValueOrDefault(founder.Address);
        return free > 0
            && founder.Channels < _mostOfConnection
            && ofAddress < Math.Max(_alwaysOfAddress, free);
    }

    /// <summary>Counts a channel that was created.</summary>
    public void Add(Founder founder)
    {
        if (founder.Address is string address)
        {
            _perAddress[address] = _perAddress.GetValueOrDefault(address) + 1; // fails if memory runs out: then nothing has changed
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
