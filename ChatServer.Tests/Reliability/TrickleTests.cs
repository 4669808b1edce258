using System.Diagnostics;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/decisions/0011: members that read a few bytes at a time use up the memory, and only they are disconnected for it.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class TrickleTests(TestContext context) : ProgramTests
{
    private const int Kilobyte = 1024;
    private const int Megabyte = 1024 * Kilobyte;

    /// <summary>Bytes that such a member reads at a time, with a pause: about 2 KB a second.</summary>
    private const int Drop = 50;

    private const int Pause = 20; // milliseconds

    /// <summary>Frames after which a reader has shown that it reads: more than 384 KiB.</summary>
    private const int Shown = 2_000;

    /// <summary>
    /// Bytes a second of each sender: much more than such a member reads, and little enough for the members that read, also on a busy machine. If their
    /// queues used up the memory, the server would reject the members that come back for as long as that lasts.
    /// </summary>
    private const int SendRate = 32 * Kilobyte;

    [TestMethod]
    public void While_memory_is_short_members_that_read_a_few_bytes_at_a_time_are_disconnected_and_members_that_read_stay()
    {
        int channels = Soak.Size(60, 400);
        int enough = Soak.Size(20, 500); // also of those that come back
        Needs.Linux();
        int budget = Soak.Size(6, 24) * Megabyte;
        using LiveServer server = LiveServer.Start("--slow-timeout", "60", "--memory", $"{budget}", "--log-level", "debug");
        WireClient[][] rooms = [.. Enumerable.Range(0, channels).Select(i => server.Gather($"room{i}", "Sender", "Reader"))];
        WireClient[] senders = [.. rooms.Select(room => room[0])];
        WireClient[] readers = [.. rooms.Select(room => room[1])];
        Array.ForEach(rooms, room => ShowThatItReads(room[0], room[1]));
        WireClient[] friends = server.Gather("friends", "Ann", "Ben");
        var drips = new WireClient[channels];
        for (int i = 0; i < channels; i++)
        {
            drips[i] = server.Connect(receiveBuffer: 4 * Kilobyte);
            drips[i].Send("Drip", $"/join room{i}");
            Assert.AreEqual("Drip has joined", senders[i].Read());
        }

        byte[] flood = WireFrame.Encode(Enumerable.Range(0, 64).Select(i => $"flood {i} {new string('x', 150)}"));
        using var memory = new AttackMemory(server);
        using var stop = new ManualResetEventSlim();
        (long Bytes, int Ended) read = default;
        long trickled = 0;
        string[] cutOff = [];
        var clock = Stopwatch.StartNew();

        Together.Run(
        [
            () => ClientPump.Write(senders, flood, stop, SendRate),
            () => read = ClientPump.Read(readers, double.PositiveInfinity, stop),
            () => trickled = Trickle(server, drips, stop),
            () =>
            {
                for (int i = 0; !stop.Wait(5); i++)
                {
                    friends[0].Send($"still here {i}");
                    Assert.AreEqual($"[Ann] still here {i}", friends[1].Read());
                }
            },
            () =>
            {
                try
                {
                    Eventually.True(() => server.Closed("MemoryUsedUp") >= enough, "members that trickle should be disconnected", Limit.Load);
                    context.WriteLine($"{enough} were disconnected after {clock.Elapsed.TotalSeconds:0} s");
                    cutOff = Disconnected(server.Log); // before the end: after it no client reads
                }
                finally
                {
                    stop.Set();
                }
            },
        ], 2 * Limit.Load);

        context.WriteLine(
            $"{channels} members that read {Drop} bytes every {Pause} ms, --memory {Figures.Memory(budget)}: {cutOff.Length} disconnected, "
            + $"{Figures.Memory(trickled)} trickled, {Figures.Memory(read.Bytes)} read; {memory.End()}");
        Assert.IsEmpty(cutOff.Where(line => !line.Contains("Drip", StringComparison.Ordinal)), string.Join('\n', cutOff.Take(5)));
        Assert.AreEqual(0, read.Ended, "members that read, and whose connection has ended");
        Assert.IsGreaterThan(0, trickled);
    }

    private static string[] Disconnected(string log) =>
        [.. log.Split('\n').Where(line => line.Contains("closed: MemoryUsedUp", StringComparison.Ordinal) || line.Contains("closed: SlowConsumer", StringComparison.Ordinal))];

    private static void ShowThatItReads(WireClient sender, WireClient reader)
    {
        byte[] part = WireFrame.Encode(Enumerable.Range(0, Shown / 4).Select(i => $"{i}"));
        for (int i = 0; i < 4; i++)
        {
            sender.SendBytes(part);
            reader.Read(Shown / 4);
        }
    }

    /// <summary>Each client reads a few bytes now and then, and joins its channel again once it is disconnected. Returns the total of bytes.</summary>
    private static long Trickle(LiveServer server, WireClient[] clients, ManualResetEventSlim stop)
    {
        var buffer = new byte[Drop];
        long total = 0;
        Array.ForEach(clients, client => client.Socket.Blocking = false);
        while (!stop.Wait(Pause))
        {
            bool hasReturned = false; // one in each round: the server may reject them all for a while
            for (int i = 0; i < clients.Length; i++)
            {
                int count = clients[i].Socket.Receive(buffer, 0, Drop, SocketFlags.None, out SocketError error);
                total += Math.Max(count, 0);
                if (error != SocketError.WouldBlock && count <= 0 && !hasReturned)
                {
                    hasReturned = true;
                    clients[i].Dispose();
                    clients[i] = Return(server, $"room{i}");
                }
            }
        }

        return total;
    }

    /// <summary>Connects again. The server may reject it for a while.</summary>
    private static WireClient Return(LiveServer server, string channel)
    {
        WireClient client = server.Connect(receiveBuffer: 4 * Kilobyte);
        try
        {
            client.Send("Drip", $"/join {channel}");
        }
        catch (SocketException)
        {
            // The next round tries again.
        }

        client.Socket.Blocking = false;
        return client;
    }
}
