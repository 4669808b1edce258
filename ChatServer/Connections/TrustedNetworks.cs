using System.Net;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>Networks for which the limits of an address do not hold (<c>--trusted</c>).</summary>
internal sealed class TrustedNetworks(IReadOnlyList<IPNetwork> networks)
{
    /// <summary>True for an address in one of them.</summary>
    public bool Contains(IPAddress address) => networks.Any(network => network.Contains(address));

    /// <summary>
    /// Reads <c>192.0.2.0/24</c>, <c>2001:db8::/32</c> or a single address. Null for any other text; bits behind the prefix are
    /// ignored.
    /// </summary>
    public static IPNetwork? Parse(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out IPAddress? address))
        {
            return null;
        }

        int bits = address.GetAddressBytes().Length * 8;
        int length = bits;
        if (parts.Length == 2 && (!int.TryParse(parts[1], System.Globalization.NumberStyles.None, null, out length) || length > bits))
        {
            return null;
        }

        byte[] bytes = address.GetAddressBytes();
        for (int bit = length; bit < bits; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }
}
