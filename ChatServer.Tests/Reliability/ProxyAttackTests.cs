using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Connections;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>Behind a proxy, one client connects in a loop and gives no name; clients of other addresses get in.</summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class ProxyAttackTests(TestContext context)
{
    private const int Newcomers = 20;

    private static readonly byte[] Header = ProxyHeaderTests.For(IPAddress.Parse("192.0.2.7"), 50000);

    [TestMethod]
    [DataRow(28, DisplayName = "With a header at once")]
    [DataRow(14, DisplayName = "With half a header")]
    [DataRow(0, DisplayName = "Without a header")]
    public void Clients_of_other_addresses_get_in(int length)
    {
        using var server = new TestServer(new ServerOptions
        {
            Listen = new() { TakesProxies = true },
            MaxConnections = 400,
            ReservedPlaces = Newcomers,
        });
        int connections = Soak.Size(1_000, 20_000);
        using var attackers = new RenewedConnections(
            Soak.Size(500, 1_000), new IPEndPoint(IPAddress.Loopback, server.Port), [.. Header.Take(length)]);

        int refused = 0;
        for (int i = 0; i < Newcomers; i++)
        {
            int due = connections / Newcomers * i;
            Eventually.True(() => attackers.Opened >= due, "the attackers should connect");
            refused += Enter(server, i);
        }

        context.WriteLine($"{attackers.Opened} connections; {Newcomers} newcomers in, {refused} times at a later try.");
        Assert.IsTrue(length < Header.Length || refused == 0, "If a proxy tells each address, no client is rejected.");
    }

    /// <summary>Connects until the server lets it in. Returns how often it did not.</summary>
    private static int Enter(TestServer server, int number)
    {
        int refused = 0;
        Eventually.True(
            () =>
            {
                bool isIn = Answer(server.Connect(), number) == "No channel named nowhere exists. Try '/create nowhere'?";
                refused += isIn ? 0 : 1;
                return isIn;
            },
            "the newcomer should get in");
        return refused;
    }

    private static string Answer(WireClient client, int number)
    {
        try
        {
            client.SendBytes([.. ProxyHeaderTests.For(new IPAddress([198, 51, 100, (byte)number]), 1), .. WireFrame.Encode(["Panda", "/join nowhere"])]);
            return client.Read();
        }
        catch (Exception e) when (e is SocketException or AssertFailedException)
        {
            return ""; // it was cut off
        }
    }
}
