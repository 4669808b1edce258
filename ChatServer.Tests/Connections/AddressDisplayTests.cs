using System.Net;
using ThreadedChat.ChatServer.Connections;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class AddressDisplayTests
{
    [TestMethod]
    [DataRow(nameof(AddressDetail.None), "192.0.2.7", "-")]
    [DataRow(nameof(AddressDetail.Prefix), "192.0.2.7", "192.0.2.0/24")]
    [DataRow(nameof(AddressDetail.Prefix), "2001:db8:1:2::3", "2001:db8:1::/48")]
    [DataRow(nameof(AddressDetail.Prefix), "fe80::1%1", "fe80::/48", DisplayName = "with a zone")]
    [DataRow(nameof(AddressDetail.Full), "192.0.2.7", "192.0.2.7")]
    [DataRow(nameof(AddressDetail.Full), "2001:db8::3", "2001:db8::3")]
    public void An_address_is_shown_in_the_detail_that_was_asked_for(string detail, string address, string shown)
    {
        var display = new AddressDisplay { Detail = Enum.Parse<AddressDetail>(detail) };

        Assert.AreEqual(shown, display.Show(IPAddress.Parse(address)).ToString());
    }
}
