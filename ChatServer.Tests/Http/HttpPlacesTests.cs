using System.Net;
using ThreadedChat.ChatServer.Http;

namespace ThreadedChat.ChatServer.Tests.Http;

[TestClass]
public sealed class HttpPlacesTests
{
    [TestMethod]
    public void A_newcomer_gets_a_free_place()
    {
        var places = new HttpPlaces<string>(count: 2);

        Assert.AreEqual("", Add(places, "a1"));
        Assert.AreEqual("", Add(places, "a2"));
        places.Remove("a1");
        Assert.AreEqual("", Add(places, "b1"));
        Assert.AreSequenceEqual(["a2", "b1"], places.Holders);
    }

    [TestMethod]
    [DataRow("a1 a2 b1", "b2", "a1", DisplayName = "the address that has most")]
    [DataRow("b1 a1 a2", "c1", "a1", DisplayName = "its oldest, and not the oldest of all")]
    [DataRow("b1 a1 a2", "a3", "a1", DisplayName = "also if it is that of the newcomer")]
    [DataRow("a1 b1 c1", "d1", "a1", DisplayName = "if all have as many, the oldest of all")]
    [DataRow("a1 b1 c1", "b2", "b1", DisplayName = "with the newcomer its own address has most")]
    public void Without_a_free_place_the_address_that_has_most_gives_one_up(string taken, string newcomer, string leaving)
    {
        Assert.AreEqual(leaving, Add(Fill(taken), newcomer));
    }

    [TestMethod]
    [DataRow("a1 a2 a3 a4", "b1", "a1")]
    [DataRow("a1 a2 a3 b1", "b2", "a1")]
    [DataRow("a1 a2 b1 b2", "a3", null, DisplayName = "its address would have more than the others")]
    [DataRow("a1 a2 b1 b2", "c1", "a1")]
    [DataRow("a1 b1 c1 d1", "e1", null, DisplayName = "no address has more than one")]
    [DataRow("a1 a2 a3 a4", "a5", null, DisplayName = "its own address has all")]
    [DataRow("a1 a2 a3 b1 b2", "b3", null, DisplayName = "the other would then have fewer")]
    public void Places_that_are_kept_are_given_up_only_to_an_address_that_then_has_no_more(string taken, string newcomer, string? leaving)
    {
        Assert.AreEqual(leaving, Add(Fill(taken, areKept: true), newcomer));
    }

    [TestMethod]
    public void Many_addresses_of_one_IPv6_network_count_as_one()
    {
        var places = new HttpPlaces<string>(count: 3);
        places.Add("other", IPAddress.Parse("2001:db8:0:2::1"));
        places.Add("first", IPAddress.Parse("2001:db8:0:1::1"));
        places.Add("second", IPAddress.Parse("2001:db8:0:1::2"));

        Assert.IsTrue(places.MayAdd(IPAddress.Parse("2001:db8:0:3::1"), out string? leaving));

        Assert.AreEqual("first", leaving);
    }

    [TestMethod]
    public void A_table_without_places_admits_nobody()
    {
        Assert.IsNull(Add(new HttpPlaces<string>(count: 0), "a1"));
    }

    private static HttpPlaces<string> Fill(string taken, bool areKept = false)
    {
        string[] holders = taken.Split(' ');
        var places = new HttpPlaces<string>(holders.Length, areKept);
        Array.ForEach(holders, holder => Assert.AreEqual("", Add(places, holder)));
        return places;
    }

    /// <summary>The one that gives up its place; empty if there was a free one; null if the newcomer gets none. A letter stands for an address.</summary>
    private static string? Add(HttpPlaces<string> places, string newcomer)
    {
        IPAddress address = new([192, 0, 2, (byte)newcomer[0]]);
        if (!places.MayAdd(address, out string? leaving))
        {
            return null;
        }

        places.Remove(leaving ?? "");
        places.Add(newcomer, address);
        return leaving ?? "";
    }
}
