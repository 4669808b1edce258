using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ThreadedChat.ChatServer.Benchmarks;
using ThreadedChat.ChatServer.Benchmarks.Load;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/decisions/0004: members that never read, under full load. The load is the benchmark's: it checks every delivery.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed partial class SlowReaderTests(TestContext context) : ProgramTests
{
    private const int Kilobyte = 1024;

    // What memory may grow to, in bytes: the server's own, for each client, and what may be queued for one who does not read.
    private const long Base = 32L * Kilobyte * Kilobyte;
    private const long PerClient = 100 * Kilobyte;
    private const long PerSlowReader = 256 * Kilobyte;

    /// <summary>The time in which the members that never read join, before the first message.</summary>
    private static readonly TimeSpan Entrance = TimeSpan.FromSeconds(Soak.Size(1, 4));

    /// <summary>The policy is one second; the rest is for a busy machine.</summary>
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(1);

    [TestMethod]
    public void One_of_a_hundred_members_never_reads_and_only_this_one_is_disconnected()
    {
        Needs.Linux();
        using LiveServer server = LiveServer.Start("--log-level", "debug");
        WireClient[] elsewhere = server.Gather("elsewhere", "Carol", "Dave");
        var load = new Workload("slow reader") { Members = 99, Messages = Soak.Size(5_000, 50_000), Window = 6_400, Hold = Entrance };
        var answers = new LatencyHistogram();
        TimeSpan? cutOffAfter = null;
        LoadOutcome? outcome = null;
        bool isOver = false;

        Together.Run(
        [
            () => outcome = Run(server, load, ref isOver),
            () => cutOffAfter = TimeToCutOff(server, AddDeaf(server, 1)[0]),
            () => TalkInTurns(elsewhere[0], elsewhere[1], answers, ref isOver),
        ], Limit.Load);

        AssertRight(outcome);
        string id = DeafConnection().Match(server.Log).Groups[1].Value;
        Assert.AreEqual(1, server.Closed("SlowConsumer"), "Only the client that does not read is disconnected.");
        Assert.Contains($"Connection {id} closed: SlowConsumer", server.Log);
        TimeSpan most = Stopwatch.GetElapsedTime(0, answers.Percentile(0.99));
        TimeSpan longest = Stopwatch.GetElapsedTime(0, answers.Max);
        context.WriteLine(
            $"Cut off {Figures.Time(cutOffAfter!.Value)} after the first message to it (policy: 1 s without room); {outcome!.Delivered} deliveries "
            + $"to the others, all right; in another channel {answers.Count} answers, 99 % within {Figures.Time(most)}, the longest "
            + $"after {Figures.Time(longest)}");
        Assert.IsLessThan(InTime, cutOffAfter.Value);
        Assert.IsLessThan(Noticeable, longest, "Another channel does not notice.");
    }

    [TestMethod]
    public void Half_of_a_channel_that_never_reads_costs_bounded_memory()
    {
        int half = Soak.Size(50, 500);
        Needs.Linux();
        Needs.Sockets(2 * half);
        using LiveServer server = LiveServer.Start();
        var load = new Workload("slow readers") { Members = half, Messages = Soak.Size(5_000, 20_000), Window = 16_000, Hold = Entrance };
        ProcessFigures before = server.Figures;
        LoadOutcome? outcome = null;
        WireClient[] deaf = [];
        bool isOver = false;

        Together.Run([() => outcome = Run(server, load, ref isOver), () => deaf = AddDeaf(server, half)], Limit.Load);

        ProcessFigures after = server.Figures;
        AssertRight(outcome);
        Eventually.True(() => deaf.All(IsCutOff), "all clients that do not read should be disconnected");
        Assert.IsGreaterThan(0, server.Closed("SlowConsumer"), "For that reason.");
        long peak = after.PeakMemoryBytes - before.MemoryBytes;
        context.WriteLine(
            $"{half} of {2 * half} never read: all cut off, {outcome!.Delivered} deliveries to the others, all right; server "
            + $"{Figures.Memory(before.MemoryBytes)} before, {Figures.Memory(after.PeakMemoryBytes)} at most, "
            + $"{Figures.Memory(after.MemoryBytes)} after");
        Assert.IsLessThan(Base + (2 * half * PerClient) + (half * PerSlowReader), peak, "More memory than the policy allows.");
    }

    private static LoadOutcome Run(LiveServer server, Workload load, ref bool isOver)
    {
        try
        {
            using var run = new LoadRun(
                load, new IPEndPoint(IPAddress.Loopback, server.Port), new ServerUsage(server.Process.Id), limit: Limit.Wait / 2);
            return run.Execute();
        }
        finally
        {
            Volatile.Write(ref isOver, true);
        }
    }

    private static void AssertRight(LoadOutcome? outcome) =>
        Assert.IsTrue(outcome!.IsRight, $"{outcome.Errors}; {outcome.Trouble}; {outcome.FirstWrongText}");

    /// <summary>Connects so many clients that never read to the channel of the load, once it exists.</summary>
    private static WireClient[] AddDeaf(LiveServer server, int count)
    {
        WireClient scout = server.Enter("Scout");
        string? channel = null;
        Eventually.True(
            () =>
            {
                scout.Send("/list");
                channel = scout.Fence().SelectMany(text => text.Split('\n'))
                    .FirstOrDefault(name => name.StartsWith("bench-", StringComparison.Ordinal));
                return channel is not null;
            },
            "the load should have made its channel");

        WireClient[] deaf = [.. Enumerable.Range(0, count).Select(_ => server.Connect(receiveBuffer: 4 * Kilobyte))];
        foreach (WireClient one in deaf)
        {
            one.Send("Deaf", $"/join {channel}");
        }

        return deaf;
    }

    /// <summary>The time from the first message to it, the last that it reads, until the server logs that it disconnects it.</summary>
    private static TimeSpan TimeToCutOff(LiveServer server, WireClient deaf)
    {
        while (!deaf.Read().StartsWith('['))
        {
            // Others are still coming in.
        }

        var clock = Stopwatch.StartNew();
        Eventually.True(() => server.Closed("SlowConsumer") > 0, "a client that does not read should be disconnected");
        return clock.Elapsed;
    }

    /// <summary>
    /// True once the server has closed the connection of a client that does not read, and so sees no end: its sends are then
    /// answered with a reset.
    /// </summary>
    private static bool IsCutOff(WireClient deaf)
    {
        try
        {
            deaf.Send(""); // a blank frame, which says nothing
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static void TalkInTurns(WireClient carol, WireClient dave, LatencyHistogram answers, ref bool isOver)
    {
        const int Pace = 2; // milliseconds
        while (!Volatile.Read(ref isOver))
        {
            long start = Stopwatch.GetTimestamp();
            carol.Send("ping");
            Assert.AreEqual("[Carol] ping", dave.Read());
            dave.Send("pong");
            Assert.AreEqual("[Dave] pong", carol.Read());
            answers.Record(Stopwatch.GetTimestamp() - start);
            Assert.IsFalse(carol.Socket.Poll(TimeSpan.FromMilliseconds(Pace), SelectMode.SelectRead), "Nothing else is sent to her.");
        }
    }

    [GeneratedRegex(@"Connection (\d+): the client is Deaf")]
    private static partial Regex DeafConnection();
}
