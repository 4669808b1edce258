using System.Net;
using ThreadedChat.ChatClient.Connection;

namespace ThreadedChat.ChatServer.Tests.Client.Connection;

[TestClass]
public sealed class HostAddressesTests
{
    [TestMethod]
    [DataRow("::1 127.0.0.1", "::1 127.0.0.1")]
    [DataRow("127.0.0.1 ::1", "127.0.0.1 ::1", DisplayName = "the first stays the first")]
    [DataRow("2001:db8::1 2001:db8::2 2001:db8::3 192.0.2.1", "2001:db8::1 192.0.2.1 2001:db8::2 2001:db8::3")]
    [DataRow("192.0.2.1 192.0.2.2 2001:db8::1 2001:db8::2", "192.0.2.1 2001:db8::1 192.0.2.2 2001:db8::2")]
    [DataRow("192.0.2.1 192.0.2.1 ::ffff:192.0.2.1", "192.0.2.1", DisplayName = "each once")]
    [DataRow("::ffff:192.0.2.1", "192.0.2.1", DisplayName = "an IPv4 address that is written as an IPv6 one")]
    [DataRow("", "")]
    public void IPv4_and_IPv6_take_turns(string found, string order)
    {
        Assert.AreEqual(order, Order(found, knowsIPv4: true, knowsIPv6: true));
    }

    [TestMethod]
    [DataRow(true, false, "192.0.2.1 192.0.2.2")]
    [DataRow(false, true, "2001:db8::1")]
    [DataRow(false, false, "")]
    public void A_protocol_that_the_machine_lacks_is_not_tried(bool knowsIPv4, bool knowsIPv6, string order)
    {
        Assert.AreEqual(order, Order("2001:db8::1 192.0.2.1 ::ffff:192.0.2.2", knowsIPv4, knowsIPv6));
    }

    [TestMethod]
    [DataRow("127.0.0.1", "127.0.0.1")]
    [DataRow("::ffff:127.0.0.1", "127.0.0.1")]
    [DataRow("fe80::1%3", "fe80::1%3")]
    public void A_numeric_address_is_its_own_only_address(string host, string address)
    {
        Assert.AreSequenceEqual([IPAddress.Parse(address)], HostAddresses.Find(host));
    }

    [TestMethod]
    [DataRow("a..b")]
    [DataRow(".")]
    [DataRow("-")]
    [DataRow(" ")]
    [DataRow("a b")]
    [DataRow("1.2.3.4.5")]
    [DataRow("xn--a")]
    [DataRow("\0")]
    [DataRow("\ud800")]
    public void An_invalid_host_has_no_address(string host)
    {
        Assert.IsEmpty(HostAddresses.Find(host));
    }

    [TestMethod]
    [DataRow("a", 64)]
    [DataRow("a", 256)]
    [DataRow("a", 70_000)]
    [DataRow("ü", 64)]
    [DataRow("ü", 300)]
    [DataRow("a.", 1_000)]
    public void A_name_that_is_too_long_has_no_address(string part, int count)
    {
        Assert.IsEmpty(HostAddresses.Find(string.Concat(Enumerable.Repeat(part, count))));
    }

    private static string Order(string found, bool knowsIPv4, bool knowsIPv6) =>
        string.Join(
            ' ',
            HostAddresses.Order(found.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse), knowsIPv4, knowsIPv6));
}
