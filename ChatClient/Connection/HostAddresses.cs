using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>The addresses of a host, in the order in which the client tries them.</summary>
internal static class HostAddresses
{
    /// <summary>
    /// Looks up <paramref name="host"/>, a name or an address. Empty if there is no such host, or this machine has the protocol of
    /// none of its addresses. May wait as long as the system's resolver does.
    /// </summary>
    public static IReadOnlyList<IPAddress> Find(string host)
    {
        try
        {
            IPAddress[] found = IPAddress.TryParse(host, out IPAddress? address) ? [address] : Dns.GetHostAddresses(host);
            return Order(found, Socket.OSSupportsIPv4, Socket.OSSupportsIPv6);
        }
        catch (Exception e) when (NetworkFault.Is(e))
        {
            return [];
        }
    }

    /// <summary>
    /// The addresses of <paramref name="found"/> whose protocol this machine has, each once. The first stays first, because the
    /// system has sorted them. After it IPv4 and IPv6 alternate (RFC 8305, section 4): if one of the two does not work, that
    /// costs one attempt, for any number of addresses.
    /// </summary>
    public static IReadOnlyList<IPAddress> Order(IEnumerable<IPAddress> found, bool knowsIPv4, bool knowsIPv6)
    {
        // An IPv6 socket does not connect to an IPv4 address that is written as an IPv6 one.
        IPAddress[] usable =
        [
            .. found.Select(address => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
                .Where(address => address.AddressFamily == AddressFamily.InterNetworkV6 ? knowsIPv6 : knowsIPv4)
                .Distinct(),
        ];
        if (usable.Length == 0)
        {
            return usable;
        }

        ILookup<bool, IPAddress> byFamily = usable.ToLookup(address => address.AddressFamily == usable[0].AddressFamily);
        IPAddress[] first = [.. byFamily[true]];
        IPAddress[] second = [.. byFamily[false]];
        return
        [
            .. Enumerable.Range(0, usable.Length)
                .SelectMany(i => first.Skip(i).Take(1).Concat(second.Skip(i).Take(1))),
        ];
    }
}
