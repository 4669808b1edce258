using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Connections;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>The argument of <c>/ban</c>: a network, or else a name.</summary>
internal static class BanTarget
{
    /// <summary>A provider usually gives one customer such a network. The customer can take any address in it.</summary>
    private const int IPv6Customer = 64;

    /// <summary>
    /// The network of <c>192.0.2.7</c>, <c>192.0.2.0/24</c>, <c>2001:db8::/32</c>, or <c>2001:db8::1</c>, which stands for its /64; null for a
    /// text that is none of these.
    /// </summary>
    public static IPNetwork? NetworkOf(string text) =>
        !LooksLikeNetwork(text) || TrustedNetworks.Parse(text) is not IPNetwork network ? null
        : text.Contains('/', StringComparison.Ordinal) ? Unmapped(network)
        : NetworkOf(network.BaseAddress);

    /// <summary>
    /// True for a network, also one that is typed with a mistake. <c>10</c> is a name here, although it can be read as an address, and so is
    /// <c>J.R.R.Smith</c>.
    /// </summary>
    public static bool LooksLikeNetwork(string text) =>
        text.Contains(':', StringComparison.Ordinal)
        || (char.IsAsciiDigit(text.FirstOrDefault()) && text.Split('/')[0].Count(letter => letter == '.') == 3);

    /// <summary>What is banned for one client: an IPv4 address, or the /64 of an IPv6 address.</summary>
    public static IPNetwork NetworkOf(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
        int length = plain.AddressFamily == AddressFamily.InterNetwork ? 32 : IPv6Customer;
        return TrustedNetworks.Parse(FormattableString.Invariant($"{plain}/{length}"))!.Value;
    }

    /// <summary>The addresses of clients are never mapped ones.</summary>
    private static IPNetwork Unmapped(IPNetwork network) =>
        network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= 96
            ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - 96)
            : network;
}
