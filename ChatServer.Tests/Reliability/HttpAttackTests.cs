using System.Diagnostics;
using System.Net;
using System.Text;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>One address takes all that it can get of the HTTP port, and comes back when it is closed; the operator's programs are answered.</summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class HttpAttackTests(TestContext context)
{
    private static readonly string[] Checks = ["/healthz", "/readyz", "/metrics"];

    [TestMethod]
    [DataRow(40, "GET /events HTTP/1.1\r\nHost: x", DisplayName = "Requests that are never finished")]
    [DataRow(64, "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n", DisplayName = "Pages that are opened again when they are closed")]
    [DataRow(64, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", DisplayName = "Answers that are read slowly")]
    [DataRow(40, "", DisplayName = "Connections that say nothing")]
    public void Health_checks_are_answered(int count, string request)
    {
        using var server = new TestServer(new ServerOptions { Http = new IPEndPoint(IPAddress.Loopback, 0) });
        using var attackers = new RenewedConnections(count, server.Http, Encoding.ASCII.GetBytes(request), IPAddress.Parse("127.0.0.2"));
        int answered = 0;
        TimeSpan longest = default;
        var clock = Stopwatch.StartNew();
        TimeSpan limit = Soak.Duration(briefSeconds: 0.5, shareOfMinutes: 0.2);
        while (clock.Elapsed < limit || attackers.Opened < 2 * count)
        {
            var time = Stopwatch.StartNew();
            Assert.AreEqual(200, HttpProbe.Get(server.Http, Checks[answered % Checks.Length]).Status);
            longest = time.Elapsed > longest ? time.Elapsed : longest;
            answered++;
        }

        context.WriteLine($"{attackers.Opened} connections; {answered} checks meanwhile, all answered, the slowest after {longest.TotalMilliseconds:F0} ms.");
    }
}
