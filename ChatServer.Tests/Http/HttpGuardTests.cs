using System.Text;
using ThreadedChat.ChatServer.Http;

namespace ThreadedChat.ChatServer.Tests.Http;

[TestClass]
public sealed class HttpGuardTests
{
    private readonly HttpGuard _guard = new("chat01");

    [TestMethod]
    [DataRow("Host: localhost:9464")]
    [DataRow("Host: LOCALHOST")]
    [DataRow("Host: 127.0.0.1:9464")]
    [DataRow("Host: 192.0.2.7:9464", DisplayName = "an address of a network")]
    [DataRow("Host: [::1]:9464")]
    [DataRow("Host: [::1]")]
    [DataRow("Host: chat01:9464", DisplayName = "the name of the machine")]
    [DataRow("Host: localhost:9464\r\nOrigin: http://localhost:9464", DisplayName = "its own page")]
    [DataRow("Host: localhost\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors")]
    [DataRow("Host: localhost\r\nSec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document", DisplayName = "an address that was typed")]
    [DataRow("Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document", DisplayName = "a link on another page")]
    [DataRow("Host: localhost\r\nContent-Length: 0")]
    public void A_request_of_this_machine_or_its_own_page_is_answered(string fields)
    {
        Assert.IsNull(Reject("GET", fields));
    }

    [TestMethod]
    [DataRow("GET", "Host: evil.example:9464", 421, DisplayName = "a name that DNS gives this address")]
    [DataRow("GET", "Host: localhost.evil.example", 421)]
    [DataRow("GET", "Host: chat01.evil.example", 421)]
    [DataRow("GET", "Host: 127.0.0.1.evil.example", 421)]
    [DataRow("GET", "Host: ", 421)]
    [DataRow("GET", "Accept: x", 400, DisplayName = "no host")]
    [DataRow("POST", "Host: localhost", 405)]
    [DataRow("HEAD", "Host: localhost", 405)]
    [DataRow("get", "Host: localhost", 405)]
    [DataRow("GET", "Host: localhost\r\nOrigin: http://evil.example", 403)]
    [DataRow("GET", "Host: localhost:1\r\nOrigin: http://localhost:2", 403, DisplayName = "another port is another origin")]
    [DataRow("GET", "Host: localhost\r\nOrigin: null", 403)]
    [DataRow("GET", "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors", 403, DisplayName = "an image or a script of another page")]
    [DataRow("GET", "Host: localhost\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors", 403)]
    [DataRow("GET", "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe", 403, DisplayName = "a frame in another page")]
    [DataRow("GET", "Host: localhost\r\nContent-Length: 3", 400)]
    [DataRow("GET", "Host: localhost\r\nTransfer-Encoding: chunked", 400)]
    public void Any_other_request_is_rejected(string method, string fields, int status)
    {
        Assert.AreEqual(status, Reject(method, fields)?.Status);
    }

    private (int Status, string Text)? Reject(string method, string fields) =>
        _guard.Reject(HttpRequest.TryParse(Encoding.ASCII.GetBytes($"{method} / HTTP/1.1\r\n{fields}"))!);
}
