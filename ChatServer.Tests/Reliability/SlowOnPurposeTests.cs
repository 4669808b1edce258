using System.Diagnostics;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>Members that read slowly on purpose, or not at all: what that costs the others, and the stop of the server.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class SlowOnPurposeTests(TestContext context) : ProgramTests
{
    private const int Kilobyte = 1024;

    /// <summary>On a busy machine a longer timeout is easier to distinguish from other waits.</summary>
    private static readonly TimeSpan SlowTimeout = TimeSpan.FromSeconds(Soak.Size(3, 1));

    private static readonly byte[] Flood = WireFrame.Encode(Enumerable.Range(0, 64).Select(i => $"flood {i}"));

    [TestMethod]
    public void Forty_members_that_stop_and_continue_delay_the_others_only_for_their_time()
    {
        Needs.Linux();
        for (int run = 0; run < Soak.Size(1, 3); run++)
        {
            StopAndGo();
        }
    }

    [TestMethod]
    public void Notices_of_many_members_that_leave_at_once_disconnect_no_member_that_reads()
    {
        const int Leavers = 300;
        Needs.Linux();
        using LiveServer server = LiveServer.Start(
            "--soft-limit", "50000", "--hard-limit", "100000", "--slow-timeout", "10", "--log-level", "debug");
        WireClient writer = server.Gather("room", "Writer")[0];
        WireClient[] readers = Join(server, 5, "Reader");
        WireClient[] leavers = Join(server, Leavers, "Leaver");
        writer.Read(readers.Length + Leavers);
        (long Bytes, int Ended) read = default;
        using var stop = new ManualResetEventSlim();
        using var memory = new AttackMemory(server);

        Together.Run(
        [
            () => ClientPump.Write([writer], Flood, stop),
            () => ClientPump.Read([writer], double.PositiveInfinity, stop),
            () => read = ClientPump.Read(readers, 200_000, stop),
            () =>
            {
                stop.Wait(TimeSpan.FromSeconds(1)); // until the readers are congested
                Array.ForEach(leavers, leaver => leaver.Dispose());
                Eventually.True(() => server.Figures.Threads < Leavers, "all should have left");
                stop.Set();
            },
        ], Limit.Load);

        context.WriteLine($"{Leavers} left at once: {server.Closed("SlowConsumer")} cut off, {Figures.Memory(read.Bytes)} read; {memory.End()}; {server.Figures}");
        Assert.AreEqual(0, read.Ended, "readers whose connection has ended");
        Assert.IsGreaterThan(0, read.Bytes);
    }

    [TestMethod]
    public void A_stop_ends_in_time_while_a_long_line_of_senders_waits_for_a_member_that_reads_nothing()
    {
        int writers = Soak.Size(50, 500);
        Needs.Linux();
        using LiveServer server = LiveServer.Start("--slow-timeout", "60", "--goodbye-timeout", "1");
        WireClient polite = server.Gather("room", "Polite")[0];
        server.Connect(receiveBuffer: 4 * Kilobyte).Send("Deaf", "/join room");
        WireClient[] line = Join(server, writers, "Writer");
        polite.Read(writers + 1);
        long sent = 0;
        using var stop = new ManualResetEventSlim();

        Together.Run(
        [
            () => sent = ClientPump.Write(line, Flood, stop),
            () => ClientPump.Read([polite], double.PositiveInfinity, stop),
            () =>
            {
                stop.Wait(TimeSpan.FromSeconds(Soak.Size(2, 5))); // until all stand in the line
                server.Process.Terminate();
                Assert.AreEqual(0, server.AwaitExit(), "With 1 it would have been ended from outside.");
                stop.Set();
            },
        ], Limit.Load);

        Assert.IsGreaterThan(0, sent);
        Assert.Contains("Stopped: ", server.Log);
    }

    private void StopAndGo()
    {
        const int Slow = 40;
        using LiveServer server = LiveServer.Start("--slow-timeout", $"{(int)SlowTimeout.TotalSeconds}", "--log-level", "debug");
        WireClient writer = server.Gather("room", "Writer")[0];
        WireClient[] slow = Join(server, Slow, "Slow");
        WireClient listener = Join(server, 1, "Listener")[0];
        writer.Read(Slow + 1);
        List<TimeSpan> waits = [];
        using var stop = new ManualResetEventSlim();
        using var memory = new AttackMemory(server);

        Together.Run(
        [
            () => ClientPump.Write([writer], Flood, stop),
            () => ClientPump.Read([writer], double.PositiveInfinity, stop),
            () => ReadNowAndThen(slow, stop),
            () => Listen(listener, waits, stop),
            () =>
            {
                stop.Wait(Soak.Size(SlowTimeout * 5, SlowTimeout * 30));
                stop.Set();
            },
        ], Limit.Load);

        TimeSpan longest = waits.Max();
        context.WriteLine(
            $"{Slow} members slow on purpose, one writer, --slow-timeout {SlowTimeout.TotalSeconds}: another member waited {longest.TotalMilliseconds:F0} ms "
            + $"at most, {waits.Count(wait => wait > SlowTimeout / 2)} times longer than half the time, in all {waits.Count} times; "
            + $"{server.Closed("SlowConsumer")} cut off; {memory.End()}");
        Assert.IsLessThan(SlowTimeout * 2, longest, "A member may hold up the others for its time; two may not one after the other.");
    }

    /// <summary>Each of them reads all there is, then nothing for a part of the time that it has: each time another part.</summary>
    private static void ReadNowAndThen(WireClient[] clients, ManualResetEventSlim stop)
    {
        var random = new Random(Soak.Seed);
        var buffer = new byte[64 * Kilobyte];
        var due = new TimeSpan[clients.Length];
        var clock = Stopwatch.StartNew();
        Array.ForEach(clients, client => client.Socket.Blocking = false);
        while (!stop.Wait(5))
        {
            for (int i = 0; i < clients.Length; i++)
            {
                if (clock.Elapsed < due[i])
                {
                    continue;
                }

                while (clients[i].Socket.Receive(buffer, SocketFlags.None, out SocketError error) > 0 && error == SocketError.Success)
                {
                }

                due[i] = clock.Elapsed + (SlowTimeout * (0.2 + (0.75 * random.NextDouble())));
            }
        }
    }

    /// <summary>Reads everything, and notes each pause.</summary>
    private static void Listen(WireClient listener, List<TimeSpan> waits, ManualResetEventSlim stop)
    {
        var buffer = new byte[64 * Kilobyte];
        var clock = Stopwatch.StartNew();
        while (!stop.IsSet)
        {
            if (!listener.Socket.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead))
            {
                continue;
            }

            Assert.IsGreaterThan(0, listener.Socket.Receive(buffer), "A client that reads is not cut off.");
            waits.Add(clock.Elapsed);
            clock.Restart();
        }
    }

    private static WireClient[] Join(LiveServer server, int count, string name)
    {
        WireClient[] clients = [.. Enumerable.Range(0, count).Select(_ => server.Connect(receiveBuffer: 4 * Kilobyte))];
        Array.ForEach(clients, client => client.Send(name, "/join room"));
        return clients;
    }
}
