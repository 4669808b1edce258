using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/decisions/0011: members that never read, and come back when they are disconnected, hold up the others of their channel for one bounded time.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class StalledMembersTests(TestContext context) : ProgramTests
{
    private const int Kilobyte = 1024;
    private const int Pace = 10; // milliseconds

    /// <summary>What one client says every <see cref="Pace"/>: 400 KB a second.</summary>
    private static readonly byte[] Talk = WireFrame.Encode(Enumerable.Range(0, 20).Select(i => $"talk {i}"));

    /// <summary>In full size such members also talk: then they use up what a channel with members that stop can carry, and the others wait for turns.</summary>
    public static IEnumerable<object[]> Talks => Soak.Size<bool[]>([false], [false, true]).Select(talk => new object[] { talk });

    [TestMethod]
    [DynamicData(nameof(Talks))]
    public void Members_that_never_read_and_come_back_when_disconnected_hold_up_the_others_only_once(bool talk)
    {
        Needs.Linux();
        int attackers = Soak.Size(6, 100);
        using LiveServer server = LiveServer.Start();
        WireClient[] attacked = server.Gather("attacked", "Writer", "Carol", "Dave");
        WireClient[] control = server.Gather("control", "Writer", "Carol", "Dave");
        using var memory = new AttackMemory(server);
        using var stop = new ManualResetEventSlim();
        int returned = 0, inside = 0, outside = 0;
        (int Inside, int Outside) first = default;

        Together.Run(
        [
            () => TalkOn(attacked[0], stop),
            () => TalkOn(control[0], stop),
            () => CountRounds(attacked[1], attacked[2], ref inside, stop),
            () => CountRounds(control[1], control[2], ref outside, stop),
            () => StopReading(server, attackers, talk, ref returned, stop),
            () => KeepReading(server, attackers, stop),
            () =>
            {
                try
                {
                    Eventually.True(() => Volatile.Read(ref returned) > 0, "the server should disconnect a member that never reads", Limit.Load);
                    first = (Volatile.Read(ref inside), Volatile.Read(ref outside));
                    Eventually.True(
                        () => Volatile.Read(ref returned) >= Soak.Size(3, 10) * attackers, "the server should disconnect them again and again", Limit.Load);
                }
                finally
                {
                    stop.Set();
                }
            },
        ], 2 * Limit.Load);

        inside -= first.Inside;
        outside -= first.Outside;
        context.WriteLine(
            $"{attackers} members that never read{(talk ? " and talk" : "")}, {returned} times disconnected: from the first time on two others said {inside} times something to each "
            + $"other, two in a channel without such members {outside} times; before that {first}; {memory.End()}");
        // One after the other, so many disconnections would take longer than the limit above.
        Assert.IsGreaterThan(talk ? returned / attackers : outside / 2, inside);
    }

    private static void TalkOn(WireClient writer, ManualResetEventSlim stop)
    {
        var buffer = new byte[64 * Kilobyte];
        while (!stop.Wait(Pace))
        {
            writer.SendBytes(Talk);
            while (writer.Socket.Available > 0)
            {
                writer.Socket.Receive(buffer);
            }
        }
    }

    private static void CountRounds(WireClient carol, WireClient dave, ref int rounds, ManualResetEventSlim stop)
    {
        for (; !stop.Wait(Pace / 2); Interlocked.Increment(ref rounds))
        {
            carol.Send($"ping {rounds}");
            dave.ReadUntil($"[Carol] ping {rounds}");
            dave.Send($"pong {rounds}");
            carol.ReadUntil($"[Dave] pong {rounds}");
        }
    }

    /// <summary>Clients that join one after the other, never read, and come back as soon as they are disconnected.</summary>
    private static void StopReading(LiveServer server, int count, bool talk, ref int returned, ManualResetEventSlim stop)
    {
        string said = talk ? "more talk" : ""; // a blank frame asks for nothing
        List<WireClient> clients = [];
        while (!stop.Wait(5 * Pace))
        {
            if (clients.Count < count)
            {
                clients.Add(Join(server, "attacked", receiveBuffer: 4 * Kilobyte));
            }

            for (int i = 0; i < clients.Count; i++)
            {
                try
                {
                    clients[i].Send(said);
                }
                catch (SocketException)
                {
                    clients[i].Dispose();
                    clients[i] = Join(server, "attacked", receiveBuffer: 4 * Kilobyte);
                    Interlocked.Increment(ref returned);
                }
            }
        }
    }

    /// <summary>As many members of the other channel, which read: so both channels have the same number of deliveries to make.</summary>
    private static void KeepReading(LiveServer server, int count, ManualResetEventSlim stop)
    {
        WireClient[] clients = [.. Enumerable.Range(0, count).Select(_ => Join(server, "control", receiveBuffer: null))];
        var buffer = new byte[64 * Kilobyte];
        while (!stop.Wait(Pace))
        {
            foreach (WireClient client in clients)
            {
                while (client.Socket.Available > 0)
                {
                    client.Socket.Receive(buffer);
                }
            }
        }
    }

    private static WireClient Join(LiveServer server, string channel, int? receiveBuffer)
    {
        WireClient client = server.Connect(receiveBuffer: receiveBuffer);
        client.Send("Stopped", $"/join {channel}");
        return client;
    }
}
