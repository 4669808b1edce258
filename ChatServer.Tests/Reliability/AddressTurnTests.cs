using System.Diagnostics;
using System.Net;
using ThreadedChat.ChatServer.Tests.Connections;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/decisions/0011: the addresses of the senders take turns, so that one with many connections leaves its part to another one.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class AddressTurnTests(TestContext context) : ProgramTests
{
    /// <summary>Frames a second that the slowest member reads: 200 KB.</summary>
    private const int Pace = 1_000;

    /// <summary>Frames until all senders stand in the line.</summary>
    private const int Beginning = 1_000;

    private static readonly int Wanted = Soak.Size(2_000, 20_000);

    [TestMethod]
    public void A_sender_beside_an_address_with_many_senders_gets_its_part_of_a_slow_channel()
    {
        Needs.Linux();
        int attackers = Soak.Size(30, 200);
        using LiveServer server = LiveServer.Start(
            "--proxy-protocol", "--soft-limit", "16384", "--hard-limit", "1000000", "--slow-timeout", "30");
        WireClient slow = EnterFrom(server, "203.0.113.1", "Slow", receiveBuffer: 4096);
        slow.Send("/create room");
        slow.Fence();
        WireClient honest = Join(server, "192.0.2.1", "Ana");
        WireClient[] flood = [.. Enumerable.Range(0, attackers).Select(_ => Join(server, "198.51.100.7", "Mallory"))];
        using var stop = new ManualResetEventSlim();
        int ofHonest = 0;

        Together.Run(
        [
            () => ClientPump.Write([honest, .. flood], Texts(), stop),
            () => ClientPump.Read([honest, .. flood], double.PositiveInfinity, stop),
            () =>
            {
                try
                {
                    ofHonest = Count(slow, stop);
                }
                finally
                {
                    stop.Set();
                }
            },
        ], Limit.Load);

        context.WriteLine($"{attackers} senders of one address and one of another: of {Wanted} messages {ofHonest} are from that one.");
        Assert.IsGreaterThan(Wanted / 8, ofHonest, "In the order of arrival it would be one in all of the senders.");
    }

    /// <summary>Reads frames at the pace, and counts behind the first ones.</summary>
    private static int Count(WireClient slow, ManualResetEventSlim stop)
    {
        int ofHonest = 0;
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < Beginning + Wanted; i++)
        {
            string text = slow.Read();
            ofHonest += i >= Beginning && text.StartsWith("[Ana] ", StringComparison.Ordinal) ? 1 : 0;
            while (clock.Elapsed.TotalSeconds * Pace < i)
            {
                stop.Wait(1);
            }
        }

        return ofHonest;
    }

    private static byte[] Texts() => WireFrame.Encode(Enumerable.Range(0, 64).Select(i => $"flood {i}"));

    private static WireClient Join(LiveServer server, string address, string name)
    {
        WireClient client = EnterFrom(server, address, name);
        client.Send("/join room");
        client.Fence();
        return client;
    }

    private static WireClient EnterFrom(LiveServer server, string address, string name, int? receiveBuffer = null)
    {
        WireClient client = server.Connect(receiveBuffer: receiveBuffer);
        client.SendBytes(ProxyHeaderTests.For(IPAddress.Parse(address), 1));
        client.Introduce(name);
        return client;
    }
}
