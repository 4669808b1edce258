using System.Net;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class ArrivalRateTests
{
    private readonly FakeTimeProvider _time = new();

    [TestMethod]
    public void After_the_burst_the_rate_applies()
    {
        ArrivalRate rate = Rate(perSecond: 2, burst: 5);

        Assert.AreEqual(5, Arrive(rate, 100, _ => "192.0.2.1"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual(2, Arrive(rate, 100, _ => "192.0.2.1"));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual(5, Arrive(rate, 100, _ => "192.0.2.1"));
    }

    [TestMethod]
    public void The_rate_of_one_address_does_not_affect_another()
    {
        ArrivalRate rate = Rate(perSecond: 1, burst: 2);
        Arrive(rate, 100, _ => "192.0.2.1");

        Assert.AreEqual(2, Arrive(rate, 2, _ => "198.51.100.1"));
        Assert.AreEqual(2, Arrive(rate, 2, _ => "2001:db8::1"));
    }

    [TestMethod]
    [DataRow("2001:db8:1:2::{0:x}", 10, DisplayName = "one /64 is one address")]
    [DataRow("2001:db8:1:{0:x}::1", 40, DisplayName = "the /48 around it may have four times as much")]
    [DataRow("2001:db8:{0:x}::1", 160, DisplayName = "the /32 around that sixteen times")]
    [DataRow("::ffff:192.0.2.1", 10, DisplayName = "an IPv4 address in the form of IPv6")]
    public void A_peer_with_many_addresses_of_a_network_is_bound_by_the_limit_of_the_network(string addresses, int admitted)
    {
        ArrivalRate rate = Rate(perSecond: 1, burst: 10);

        Assert.AreEqual(admitted, Arrive(rate, 3_000, i => string.Format(null, addresses, i)));
    }

    [TestMethod]
    [TestCategory(SlowTest.Category)]
    public void A_rejection_for_the_network_does_not_count_for_other_networks()
    {
        ArrivalRate rate = Rate(perSecond: 1, burst: 10);

        Arrive(rate, 200_000, i => $"2001:db8:{i & 0xFFFF:x}:{i >> 16:x}::1"); // 16 times the burst, then rejected by their /32

        Assert.AreEqual(10, Arrive(rate, 100, _ => "2001:aaaa::1"), "a new address in another network");
    }

    [TestMethod]
    public void A_rejection_for_the_address_does_not_count_for_the_network()
    {
        ArrivalRate rate = Rate(perSecond: 1, burst: 10);

        Arrive(rate, 1_000, _ => "192.0.2.1");

        Assert.AreEqual(30, Arrive(rate, 40, i => $"192.0.2.{i + 2}"), "four times the burst, less what was taken");
    }

    [TestMethod]
    public void An_exempt_address_is_not_counted_and_without_a_rate_no_address_is()
    {
        ArrivalRate rate = Rate(perSecond: 1, burst: 1, "192.0.2.0/24");

        Assert.AreEqual(50, Arrive(rate, 50, _ => "192.0.2.77"));
        Assert.AreEqual(1, Arrive(rate, 50, _ => "192.0.3.77"));
        Assert.AreEqual(50, Arrive(Rate(perSecond: 0, burst: 1), 50, _ => "192.0.3.77"));
    }

    [TestMethod]
    public void With_any_number_of_keys_the_memory_is_bounded_and_new_keys_share_the_rest()
    {
        const int Most = 100;
        var buckets = new TokenBuckets<int>(perSecond: 1, burst: 2, _time, maxKeys: Most);
        int taken = Enumerable.Range(0, 10_000).Count(buckets.TryTake);

        Assert.AreEqual(Most, buckets.Count);
        Assert.AreEqual(Most + (16 * 2), taken);
        Assert.IsFalse(buckets.HasToken(10_001));
        Assert.IsTrue(buckets.HasToken(0) && buckets.HasToken(0), "To look takes nothing.");
        Assert.IsTrue(buckets.TryTake(0), "a known name keeps its own");
        Assert.IsFalse(buckets.HasToken(0));

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.IsTrue(buckets.TryTake(20_000));
        Assert.AreEqual(1, buckets.Count, "those that are full again are forgotten");
    }

    [TestMethod]
    [DataRow("192.0.2.7", "192.0.2.7", true)]
    [DataRow("192.0.2.7", "192.0.2.8", false)]
    [DataRow("2001:db8::1", "2001:db8::ffff:1", true)]
    [DataRow("2001:db8::1", "2001:db8:0:1::1", false)]
    [DataRow("::ffff:192.0.2.7", "192.0.2.7", false, DisplayName = "a connection maps such an address before it is asked")]
    [DataRow("0.0.0.0", "::", false)]
    public void A_peer_is_an_IPv4_address_or_64_bits_of_an_IPv6_address(string first, string second, bool isSame)
    {
        Assert.AreEqual(isSame, AddressPrefix.OfPeer(IPAddress.Parse(first)) == AddressPrefix.OfPeer(IPAddress.Parse(second)));
    }

    private ArrivalRate Rate(int perSecond, int burst, params string[] exempt) =>
        new(perSecond, burst, new TrustedNetworks([.. exempt.Select(network => IPNetwork.Parse(network))]), _time);

    private static int Arrive(ArrivalRate rate, int count, Func<int, string> address) =>
        Enumerable.Range(0, count).Count(i => Allows(rate, address(i)));

    private static bool Allows(ArrivalRate rate, string address)
    {
        var parsed = IPAddress.Parse(address);
        return rate.Allows(parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed);
    }
}
