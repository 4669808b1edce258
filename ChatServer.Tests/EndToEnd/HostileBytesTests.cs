using System.Text;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>For any bytes of a client the server continues, and the frames that it delivers are safe for a terminal.</summary>
[TestClass]
public sealed class HostileBytesTests
{
    private const int Attackers = 4;
    private const int Connections = 6;
    private const int MostFrames = 40;

    [TestMethod]
    public void Random_bytes_do_not_harm_the_server_and_reach_no_client()
    {
        int seed = Random.Shared.Next();
        using var server = new TestServer();
        (WireClient panda, WireClient alice) = server.Gather("room", "Panda", "Alice");

        Together.Run(Enumerable.Range(0, Attackers).Select<int, Action>(
            i => () => Attack(server.Port, new Random(seed + i))));
        server.Enter("Last"); // all who connected before are let in by now, and are counted until they are gone
        server.AwaitConnections(3);
        panda.Send("still here", "/list");
        panda.Fence();

        string[] seen = alice.Fence();
        Assert.Contains("[Panda] still here", seen, $"Seed {seed}");
        Assert.IsGreaterThan(Attackers, seen.Length, $"Seed {seed}: some of the garbage should have been passed on.");
        foreach (string text in seen)
        {
            text.MustBeClean($"Seed {seed}: a text");
        }
    }

    [TestMethod]
    public void The_list_of_channels_made_of_random_bytes_is_clean()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        using var server = new TestServer();
        WireClient panda = server.Enter("Panda");
        for (int i = 0; i < 50; i++)
        {
            panda.SendBytes([.. "/create "u8, .. Garbage(random, WireFrame.Size - "/create ".Length)]);
        }

        panda.Fence();
        panda.Send("/list");

        string[] frames = panda.Fence();
        Assert.IsNotEmpty(frames);
        foreach (string name in frames.SelectMany(frame => frame.Split('\n')))
        {
            name.MustBeClean($"Seed {seed}: a name");
            Assert.IsFalse(name.Length == 0 || name.Contains(' ', StringComparison.Ordinal), $"Seed {seed}: '{name}'");
        }
    }

    /// <summary>Connects again and again, with a random name or a good one, sends garbage and goes in one way or another.</summary>
    private static void Attack(int port, Random random)
    {
        for (int i = 0; i < Connections; i++)
        {
            using WireClient client = WireClient.Connect(port);
            client.SendBytes(random.Next(4) == 0 ? Garbage(random, WireFrame.Size) : WireFrame.Encode("Eve"));
            client.Send("/join room");
            int frames = random.Next(MostFrames);
            for (int n = 0; n < frames; n++)
            {
                client.SendBytes(Garbage(random, WireFrame.Size));
            }

            client.SendBytes(Garbage(random, random.Next(WireFrame.Size)));
            if (random.Next(2) == 0)
            {
                client.Reset();
            }
        }
    }

    /// <summary>Random bytes, among them many that begin, or break, something.</summary>
    private static byte[] Garbage(Random random, int length)
    {
        string[] bits =
        [
            "/", "/join ", "/create ", "/list", "[", "]", " ", "\n", "\r", "\0", "\u001b[2J", "\u007f", "\u0085", "\u2028",
            "\u202e", "\u2067", "水", "🐼", "x", "Panda has left",
        ];
        using var garbage = new MemoryStream();
        while (garbage.Length < length)
        {
            garbage.Write(random.Next(2) == 0
                ? [(byte)random.Next(256)]
                : Encoding.UTF8.GetBytes(bits[random.Next(bits.Length)]));
        }

        return garbage.ToArray()[..length];
    }
}
