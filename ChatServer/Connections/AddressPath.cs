using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// The address of a peer with the networks around it, as the channels count it: the largest network first, separated by <c>/</c>. Those of
/// <see cref="ArrivalRate"/>: /16, /24 and /32, for IPv6 /32, /48 and /64. All addresses of this machine's own loopback networks are one:
/// any program here can use each of them.
/// </summary>
internal static class AddressPath
{
    private const string Loopback = "loopback";

    public static string Of(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
        {
            return Loopback;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        string digits = Convert.ToHexStringLower(address.GetAddressBytes());
        return address.AddressFamily == AddressFamily.InterNetwork
            ? $"{digits[..4]}/{digits[4..6]}/{digits[6..]}"
            : $"{digits[..8]}/{digits[8..12]}/{digits[12..16]}";
    }
}
