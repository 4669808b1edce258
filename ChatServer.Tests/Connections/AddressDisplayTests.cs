using System.Net;
using System.Reflection;
using Microsoft.Extensions.Logging;
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

    [TestMethod]
    public void No_line_of_the_log_takes_an_address_that_was_not_shown_so()
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        MethodInfo[] lines = [.. typeof(ServerOptions).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(All))
            .Where(method => method.IsDefined(typeof(LoggerMessageAttribute)))];

        Assert.IsGreaterThan(20, lines.Length);
        Assert.IsEmpty(lines
            .Where(line => line.GetParameters().Any(parameter => parameter.ParameterType == typeof(IPAddress) || parameter.ParameterType.IsAssignableTo(typeof(EndPoint))))
            .Select(line => line.Name));
    }
}
