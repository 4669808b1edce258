using System.Net;
using ThreadedChat.ChatServer.Connections;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class AddressPathTests
{
    [TestMethod]
    [DataRow("192.0.2.1", "192.0.2.1", 3)]
    [DataRow("192.0.2.1", "192.0.2.2", 2)]
    [DataRow("192.0.2.1", "192.0.3.1", 1)]
    [DataRow("192.0.2.1", "192.1.2.1", 0)]
    [DataRow("192.0.2.1", "::ffff:192.0.2.1", 3)]
    [DataRow("2001:db8:1:2::1", "2001:db8:1:2:ffff::", 3)]
    [DataRow("2001:db8:1:2::1", "2001:db8:1:3::1", 2)]
    [DataRow("2001:db8:1:2::1", "2001:db8:2:2::1", 1)]
    [DataRow("2001:db8:1:2::1", "2001:db9:1:2::1", 0)]
    [DataRow("192.0.2.1", "c000:201::", 0)]
    public void Addresses_share_the_networks_that_both_are_in(string one, string other, int shared) =>
        Assert.AreEqual(shared, PartsOf(one).Zip(PartsOf(other)).TakeWhile(pair => pair.First == pair.Second).Count());

    [TestMethod]
    [DataRow("127.0.0.2")]
    [DataRow("127.14.1.12")]
    [DataRow("::1")]
    [DataRow("::ffff:127.0.0.1")]
    public void All_loopback_addresses_are_one(string address) =>
        Assert.AreEqual(AddressPath.Of(IPAddress.Loopback), AddressPath.Of(IPAddress.Parse(address)));

    private static string[] PartsOf(string address) => AddressPath.Of(IPAddress.Parse(address)).Split('/');
}
