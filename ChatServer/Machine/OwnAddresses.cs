using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Machine;

internal static class OwnAddresses
{
    /// <summary>The IPv4 addresses by which other machines can reach this one, and at the end localhost.</summary>
    public static List<string> List()
    {
        List<string> addresses = [];
        try
        {
            addresses.AddRange(
                from network in NetworkInterface.GetAllNetworkInterfaces()
                where network.OperationalStatus == OperationalStatus.Up
                    && network.NetworkInterfaceType != NetworkInterfaceType.Loopback
                from unicast in network.GetIPProperties().UnicastAddresses
                where unicast.Address.AddressFamily == AddressFamily.InterNetwork
                select unicast.Address.ToString());
        }
        catch (NetworkInformationException)
        {
            // The system does not list its addresses; localhost is right in any case.
        }

        addresses.Add("localhost");
        return addresses;
    }
}
