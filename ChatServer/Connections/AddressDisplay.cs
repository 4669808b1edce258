using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>Shows addresses in the log and in the audit, as <c>--log-addresses</c> says.</summary>
internal sealed class AddressDisplay(AddressDetail detail = AddressDetail.Full)
{
    private const int IPv4Prefix = 24;
    private const int IPv6Prefix = 48;

    private volatile AddressDetail _detail = detail;

    /// <summary>How much is shown. May change at any time.</summary>
    public AddressDetail Detail
    {
        get => _detail;
        set => _detail = value;
    }

    /// <summary>A value whose text is the address as it is shown. For a full address nothing is made: most lines are never written.</summary>
    public object Show(IPAddress address) => _detail switch
    {
        AddressDetail.None => "-",
        AddressDetail.Prefix => NetworkOf(address),
        _ => address,
    };

    private static string NetworkOf(IPAddress address)
    {
        int bits = address.AddressFamily == AddressFamily.InterNetwork ? IPv4Prefix : IPv6Prefix;
        return TrustedNetworks.Parse(FormattableString.Invariant($"{WithoutZone(address)}/{bits}"))!.Value.ToString();
    }

    private static IPAddress WithoutZone(IPAddress address) => new(address.GetAddressBytes());
}
