using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

[TestClass]
public sealed class FramingTests
{
    [TestMethod]
    [DataRow("127.0.0.1")]
    [DataRow("::1")]
    public void One_socket_serves_both_versions_of_IP(string address)
    {
        if (address == "::1" && !CanUseIPv6())
        {
            Assert.Inconclusive("This machine has no IPv6.");
        }

        using var server = new TestServer();
        WireClient client = server.Connect(IPAddress.Parse(address));

        client.Send("Panda", "hello");

        Assert.AreEqual("Not currently in any channel. Must join a channel before sending messages.", client.Read());
    }

    private static bool CanUseIPv6()
    {
        try
        {
            using var probe = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
