using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Connections;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>Peers that use up shared resources: channels, places, the accepting thread, the log.</summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class AdmissionAttackTests(TestContext context) : ProgramTests
{
    [TestMethod]
    public void One_connection_that_creates_channels_without_end_leaves_most_of_them_to_others()
    {
        int max = Soak.Size(2_000, 10_000);
        using LiveServer server = LiveServer.Start("--max-channels", $"{max}");
        WireClient greedy = server.Enter("Greedy");
        using var memory = new AttackMemory(server);

        foreach (int[] batch in Enumerable.Range(0, 2 * max).Chunk(500))
        {
            greedy.Send(batch.Select(i => string.Create(CultureInfo.InvariantCulture, $"/create {i}-{new string('x', 150)}")));
            string[] answers = greedy.Fence();
            Assert.IsEmpty(answers.Where(answer => answer != "No more channels can be created on this server."));
        }

        WireClient alice = server.Enter("Alice");
        alice.Send("/create tea");
        Assert.IsEmpty(alice.Fence(), "Others create channels.");
        alice.Send("/list");
        int channels = alice.Fence().Sum(frame => frame.Split('\n').Length);
        context.WriteLine($"One connection has {channels - 1} of {max} channels; {memory.End()}");
        Assert.AreEqual((max / 10) + 1, channels);
    }

    [TestMethod]
    [DataRow("198.51.100.7", "198.51.100.7")]
    [DataRow("2001:db8::1", "2001:db8::2")]
    [DataRow("127.0.0.1", "127.14.1.12")]
    public void Connections_that_come_back_from_one_place_leave_half_of_the_channels_to_others(string address, string another)
    {
        const int Max = 2_000;
        using LiveServer server = LiveServer.Start("--max-channels", $"{Max}", "--proxy-protocol");

        for (int i = 0; i < 20; i++)
        {
            WireClient greedy = EnterFrom(server, i % 2 == 0 ? address : another, "Greedy");
            greedy.Send(Enumerable.Range(0, Max / 10).Select(n => $"/create {i}-{n}"));
            greedy.Fence();
            greedy.Dispose();
        }

        WireClient other = EnterFrom(server, "192.0.2.1", "Alice");
        other.Send("/create tea", "/list");
        int channels = other.Fence().Sum(frame => frame.Split('\n').Length);
        Assert.AreEqual((Max / 2) + 1, channels);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(200)]
    public void While_others_connect_and_reset_in_a_loop_a_newcomer_gets_in(int bytes)
    {
        using LiveServer server = LiveServer.Start();
        using var memory = new AttackMemory(server);
        (TimeSpan longest, long attacks, int newcomers) = Flood(server, reset => ResetAtOnce(server.Port, IPAddress.Loopback, reset, new byte[bytes]));
        context.WriteLine(
            $"{attacks} connections that sent {bytes} bytes and were reset; {newcomers} newcomers meanwhile, the slowest in after {longest.TotalMilliseconds:F0} ms; {memory.End()}; {server.Figures}");
    }

    [TestMethod]
    public void A_flood_from_a_network_that_is_not_trusted_is_rejected_and_a_new_client_can_connect()
    {
        Needs.Linux();
        using var network = new SeparateNetwork();
        using var server = new LiveServer(network.Start("./run.sh", "server", "0", "--address-rate", "20", "--address-burst", "50", "--reserved-places", "0"));
        using var memory = new AttackMemory(server);
        int told = 0;
        for (int i = 0; i < Soak.Size(300, 20_000); i++)
        {
            using WireClient client = WireClient.Connect(server.Port, network.ServerAddress);
            client.Send("Noisy");
            client.EndSending();
            told += client.ReadToAnyEnd() is ["There are too many connections from your address. Please try again later."] ? 1 : 0;
        }

        context.WriteLine($"{told} of them were told that their address makes too many; {memory.End()}; {server.Figures}");
        Assert.IsGreaterThan(0, told);
    }

    [TestMethod]
    public void All_addresses_of_one_IPv6_network_count_as_one()
    {
        Needs.Linux();
        using var network = new SeparateNetwork();
        int count = Soak.Size(20, 300);
        (IPAddress to, IPAddress[] addresses) = network.AddIPv6(count);
        using var server = new LiveServer(network.Start("./run.sh", "server", "0", "--max-per-address", "2"));

        string[] answers = [.. addresses.Select(address =>
        {
            WireClient client = server.Connect(to, from: address);
            client.Send("Panda", "/join nowhere");
            return client.Read();
        })];

        int rejected = answers.Count(answer => answer == "There are too many connections from your address. Please try again later.");
        context.WriteLine($"{count} addresses of one /64, --max-per-address 2: {count - rejected} let in.");
        Assert.AreEqual(count - 2, rejected);
    }

    /// <summary>Clients that connect and leave, have rejected names, end inside a frame, or exceed the limit.</summary>
    [TestMethod]
    [DataRow("information", 10_000)]
    [DataRow("debug", 150_000)]
    [DataRow("trace", 150_000)]
    public void The_log_of_many_short_connections_is_bounded_at_every_level(string level, int most)
    {
        int count = Soak.Size(1_000, 30_000);
        using LiveServer server = LiveServer.Start("--log-level", level, "--max-connections", "20", "--reserved-places", "0");

        for (int i = 0; i < count; i++)
        {
            using WireClient client = WireClient.Connect(server.Port);
            Visit(client, i);
        }

        string[] lines = server.Log.Split('\n');
        int told = lines.Count(line => line.Contains("info:", StringComparison.Ordinal) && line.Contains(" is Panda, from 127.0.0.1", StringComparison.Ordinal));
        context.WriteLine($"{count} clients: {lines.Length} lines at level {level}, {told} comings at information level.");
        Assert.IsLessThan(700, told, "A line a visit at first, then one in two seconds.");
        Assert.IsLessThan(1_000, lines.Count(line => line.Contains("warn:", StringComparison.Ordinal)), "Of each kind of warning one in a second.");
        Assert.IsLessThan(most, lines.Length);
    }

    private static void Visit(WireClient client, int kind)
    {
        try
        {
            switch (kind % 4)
            {
                case 0:
                    client.Send("Panda", "/create tea", "/join tea");
                    break;
                case 1:
                    client.Send("[Bob]");
                    break;
                case 2:
                    client.SendBytes(WireFrame.Encode("Panda").AsSpan(0, 100));
                    client.Reset();
                    break;
                default:
                    client.Send("Panda", "/what", new string('x', 200));
                    client.Reset();
                    break;
            }
        }
        catch (SocketException)
        {
            // One too many, and closed already.
        }
    }

    /// <summary>Connects new clients while two threads attack the server; each must be served within the limit of any wait.</summary>
    private static (TimeSpan Longest, long Attacks, int Newcomers) Flood(LiveServer server, Func<bool, bool> attack)
    {
        long attacks = 0;
        bool isOver = false;
        Thread[] attackers = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                if (attack(true))
                {
                    Interlocked.Increment(ref attacks);
                }
            }
        }))];
        Array.ForEach(attackers, thread => thread.Start());
        TimeSpan longest = default;
        int newcomers = 0;
        try
        {
            var clock = Stopwatch.StartNew();
            TimeSpan limit = Soak.Duration(briefSeconds: 2, shareOfMinutes: 0.25);
            while (clock.Elapsed < limit || Interlocked.Read(ref attacks) < 100)
            {
                var entrance = Stopwatch.StartNew();
                server.Enter("Newcomer").Dispose();
                longest = entrance.Elapsed > longest ? entrance.Elapsed : longest;
                newcomers++;
            }
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            Array.ForEach(attackers, thread => thread.Join());
        }

        return (longest, attacks, newcomers);
    }

    private static bool ResetAtOnce(int port, IPAddress to, bool reset, byte[] bytes)
    {
        using var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(reset, 0) };
        try
        {
            socket.Connect(to, port);
            socket.Send(bytes);
            return true;
        }
        catch (SocketException)
        {
            return false; // out of ports for a moment
        }
    }

    /// <summary>Enters through a proxy, which names the address.</summary>
    private static WireClient EnterFrom(LiveServer server, string address, string name)
    {
        WireClient client = server.Connect();
        client.SendBytes(ProxyHeaderTests.For(IPAddress.Parse(address), 1));
        client.Introduce(name);
        return client;
    }
}
