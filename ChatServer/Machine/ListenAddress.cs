using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>Where to listen (<c>--listen</c>): an address with a port, or a Unix socket.</summary>
/// <param name="EndPoint">0.0.0.0 stands for all addresses of IPv4 alone, and :: for all of IPv6 alone; null for a Unix socket.</param>
/// <param name="Path">The file of the Unix socket; null for an address.</param>
internal sealed record ListenAddress(IPEndPoint? EndPoint, string? Path)
{
    public const string UnixPrefix = "unix:";

    /// <summary>Reads <c>192.0.2.1:55555</c>, <c>[2001:db8::1]:55555</c> or <c>unix:/run/chat.sock</c>. Null if it is none of them.</summary>
    public static ListenAddress? Parse(string text)
    {
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            string path = text[UnixPrefix.Length..];
            return path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal) ? new ListenAddress(null, path) : null;
        }

        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return null;
        }

        string host = text[..colon];
        bool isBracketed = host is ['[', .., ']'];
        return IPAddress.TryParse(isBracketed ? host[1..^1] : host, out IPAddress? address)
            && isBracketed == (address.AddressFamily == AddressFamily.InterNetworkV6)
            && (isBracketed || host.Split('.').Length == 4) // "1" is an address too, and never meant
            ? new ListenAddress(new IPEndPoint(address, port), null)
            : null;
    }

    public override string ToString() => EndPoint?.ToString() ?? UnixPrefix + Path;
}
