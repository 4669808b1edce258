using System.Text;
using ThreadedChat.ChatServer.Http;

namespace ThreadedChat.ChatServer.Tests.Http;

[TestClass]
public sealed class HttpRequestTests
{
    [TestMethod]
    public void A_request_of_a_browser_has_its_parts()
    {
        HttpRequest request = Parse("GET /frames?client=17&x=1 HTTP/1.1\r\nHost: localhost:9464\r\naccept-language:  pt-BR \r\nX-Empty:")!;

        Assert.AreEqual("GET", request.Method);
        Assert.AreEqual("/frames", request.Path);
        Assert.AreEqual("17", request.Parameter("client"));
        Assert.IsNull(request.Parameter("other"));
        Assert.AreEqual("localhost:9464", request["HOST"]);
        Assert.AreEqual("pt-BR", request["Accept-Language"]);
        Assert.AreEqual("", request["X-Empty"]);
        Assert.IsNull(request["Origin"]);
    }

    [TestMethod]
    [DataRow("", DisplayName = "nothing")]
    [DataRow("GET / HTTP/2\r\nHost: a", DisplayName = "another version")]
    [DataRow("GET http://localhost/ HTTP/1.1\r\nHost: a", DisplayName = "a whole URL")]
    [DataRow("GET * HTTP/1.1\r\nHost: a", DisplayName = "an asterisk")]
    [DataRow("GET / extra HTTP/1.1\r\nHost: a", DisplayName = "a space in the path")]
    [DataRow("G(T / HTTP/1.1\r\nHost: a", DisplayName = "no method")]
    [DataRow(" GET / HTTP/1.1\r\nHost: a", DisplayName = "a space before the method")]
    [DataRow("GET / HTTP/1.1\r\nHost: a\r\nHost: b", DisplayName = "a field that comes twice")]
    [DataRow("GET / HTTP/1.1\r\nHost: a\r\nhost: b", DisplayName = "the same in another case")]
    [DataRow("GET / HTTP/1.1\r\nHost : a", DisplayName = "a space before the colon")]
    [DataRow("GET / HTTP/1.1\r\nHost: a\r\n b", DisplayName = "a field on two lines")]
    [DataRow("GET / HTTP/1.1\r\nnothing", DisplayName = "a field without a colon")]
    [DataRow("GET / HTTP/1.1\r\n: a", DisplayName = "a field without a name")]
    [DataRow("GET / HTTP/1.1\nHost: a", DisplayName = "lines that end in one byte")]
    [DataRow("GET / HTTP/1.1\r\nHost: a\nX: b", DisplayName = "one such line")]
    [DataRow("GET / HTTP/1.1\r\nHost: a\0", DisplayName = "a control character")]
    [DataRow("GET /\u00e9 HTTP/1.1\r\nHost: a", DisplayName = "bytes that are not ASCII")]
    [DataRow("Panda", DisplayName = "a frame of the chat")]
    public void A_request_that_is_not_clear_is_rejected(string head)
    {
        Assert.IsNull(Parse(head));
    }

    private static HttpRequest? Parse(string head) => HttpRequest.TryParse(Encoding.UTF8.GetBytes(head));
}
