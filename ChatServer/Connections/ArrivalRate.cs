using System.Net;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// The limit of connections per second from an address, so that one peer that connects in a loop does not keep the others
/// waiting. A network around the address may have four times as much, and the one around that sixteen times: a peer with many
/// addresses has them in few networks. For any thread.
/// </summary>
internal sealed class ArrivalRate
{
    /// <summary>The prefixes that are counted: one peer, its network, and the network around that.</summary>
    private static readonly (int IPv4, int IPv6, int Weight)[] Levels = [(32, 64, 1), (24, 48, 4), (16, 32, 16)];

    /// <summary>Guards what is counted in <see cref="_levels"/>. A leaf.</summary>
    private readonly Lock _gate = new();

    private readonly TrustedNetworks _exempt;
    private readonly TokenBuckets<AddressPrefix>[] _levels;

    /// <param name="perSecond">How many a second from one address; 0 for no limit.</param>
    /// <param name="burst">How many may connect at once.</param>
    /// <param name="exempt">The networks that are not counted.</param>
    /// <param name="time">The clock.</param>
    public ArrivalRate(int perSecond, int burst, TrustedNetworks exempt, TimeProvider time)
    {
        _exempt = exempt;
        _levels = perSecond == 0
            ? []
            : [.. Levels.Select(level => new TokenBuckets<AddressPrefix>(perSecond * level.Weight, burst * level.Weight, time))];
    }

    /// <summary>False if too many connections came from <paramref name="address"/> recently.</summary>
    public bool Allows(IPAddress address)
    {
        if (_levels.Length == 0 || _exempt.Contains(address))
        {
            return true;
        }

        Span<AddressPrefix> prefixes = stackalloc AddressPrefix[_levels.Length];
        for (int i = 0; i < prefixes.Length; i++)
        {
            prefixes[i] = AddressPrefix.Of(address, Levels[i].IPv4, Levels[i].IPv6);
        }

        lock (_gate)
        {
            // All are looked at before one is taken from: a peer that is rejected must not use up what its neighbours, or all new addresses, share.
            for (int i = 0; i < prefixes.Length; i++)
            {
                if (!_levels[i].HasToken(prefixes[i]))
                {
                    return false;
                }
            }

            for (int i = 0; i < prefixes.Length; i++)
            {
                _levels[i].TryTake(prefixes[i]);
            }
        }

        return true;
    }
}
