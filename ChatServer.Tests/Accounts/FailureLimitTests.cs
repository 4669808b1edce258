using System.Net;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Accounts;

namespace ThreadedChat.ChatServer.Tests.Accounts;

[TestClass]
public sealed class FailureLimitTests
{
    private static readonly IPAddress Attacker = IPAddress.Parse("192.0.2.1");

    private readonly FakeTimeProvider _time = new();

    [TestMethod]
    public void A_right_token_is_accepted_and_never_counted()
    {
        var limit = new FailureLimit(_time);

        Assert.IsTrue(Enumerable.Range(0, 100).All(_ => limit.Accepts(Attacker, isRight: true, out bool isTooOften) && !isTooOften));
    }

    [TestMethod]
    public void After_five_failures_no_token_is_accepted_until_the_first_is_a_minute_old()
    {
        var limit = new FailureLimit(_time);
        for (int i = 0; i < FailureLimit.Most; i++)
        {
            Assert.IsFalse(limit.Accepts(Attacker, isRight: false, out bool isTooOften));
            Assert.IsFalse(isTooOften);
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.IsFalse(limit.Accepts(Attacker, isRight: true, out bool isRejected));
        Assert.IsTrue(isRejected);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.IsTrue(limit.Accepts(Attacker, isRight: true, out _));
        Assert.IsFalse(limit.Accepts(Attacker, isRight: false, out bool isFirstAgain));
        Assert.IsFalse(isFirstAgain);
        Assert.IsFalse(limit.Accepts(Attacker, isRight: true, out isRejected));
        Assert.IsTrue(isRejected, "four of the last minute and a new one are five");
    }

    [TestMethod]
    [DataRow("192.0.2.1", "192.0.2.2", false)]
    [DataRow("2001:db8::1", "2001:db8::2", true, DisplayName = "one /64")]
    [DataRow("2001:db8::1", "2001:db8:0:1::1", false, DisplayName = "another /64")]
    public void Failures_are_counted_by_address_and_in_IPv6_by_network(string failing, string other, bool isRejected)
    {
        var limit = new FailureLimit(_time);
        Fail(limit, IPAddress.Parse(failing));

        Assert.AreEqual(!isRejected, limit.Accepts(IPAddress.Parse(other), isRight: true, out _));
    }

    [TestMethod]
    public void A_peer_with_any_number_of_addresses_fills_no_memory_and_keeps_nobody_else_out()
    {
        const int Most = 100;
        var limit = new FailureLimit(_time, Most);
        for (int i = 0; i < 10 * Most; i++)
        {
            Fail(limit, IPAddress.Parse($"2001:db8:0:{i:x}::1"));
        }

        Assert.AreEqual(Most, limit.Count);
        Assert.IsTrue(limit.Accepts(IPAddress.Parse("192.0.2.4"), isRight: true, out _));
        Assert.IsFalse(limit.Accepts(IPAddress.Parse("192.0.2.4"), isRight: false, out bool isRejected));
        Assert.IsFalse(isRejected, "its first");
        limit.Accepts(IPAddress.Parse($"2001:db8:0:{(10 * Most) - 1:x}::1"), isRight: true, out isRejected);
        Assert.IsTrue(isRejected, "the last ones are remembered");
    }

    private static void Fail(FailureLimit limit, IPAddress address)
    {
        for (int i = 0; i < FailureLimit.Most; i++)
        {
            limit.Accepts(address, isRight: false, out _);
        }
    }
}
