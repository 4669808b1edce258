using System.Diagnostics;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>All kinds of load at once, for a given time: movers, and clients that send slowly, never read, or reset.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class MixedLoadTests(TestContext context) : ProgramTests
{
    private const int Nuisances = 4;

    /// <summary>What memory may grow by in an hour, in the second half of a long run. A leak of 1 KB for each connection makes ten times that.</summary>
    private const double MostBytesPerHour = 200e6;

    /// <summary>The first minutes fill caches and pools; a trend shows only after them.</summary>
    private static readonly TimeSpan LongEnoughForATrend = TimeSpan.FromMinutes(4);

    [TestMethod]
    public void Under_mixed_load_every_delivery_is_correct_and_memory_does_not_grow()
    {
        TimeSpan duration = Soak.Duration(briefSeconds: 4, shareOfMinutes: 1);
        using LiveServer server = LiveServer.Start("--slow-timeout", "20", "--hard-limit", "8000000", "--frame-timeout", "1");
        var crowd = new MovingCrowd(server.Port, Soak.Seed);
        var memory = new List<(TimeSpan At, double Bytes)>();
        var clock = Stopwatch.StartNew();
        var longest = TimeSpan.Zero;
        int nuisances = 0;

        Together.Run(
        [
            () =>
            {
                do
                {
                    crowd.Round();
                    memory.Add((clock.Elapsed, server.Figures.MemoryBytes));
                }
                while (clock.Elapsed < duration);
            },
            () => longest = Probe(server, () => clock.Elapsed < duration),
            .. Enumerable.Range(0, Nuisances).Select<int, Action>(i => () =>
            {
                var random = new Random(Soak.Seed - i - 1);
                while (clock.Elapsed < duration)
                {
                    Bother(server, random);
                    Interlocked.Increment(ref nuisances);
                }
            }),
        ], duration + Limit.Load);

        double? slope = duration < LongEnoughForATrend ? null : BytesPerHour([.. memory.Skip(memory.Count / 2)]);
        string trend = slope is double perHour ? $"{Figures.Memory(perHour)} more in an hour" : "too short for a trend";
        context.WriteLine(
            $"Seed {Soak.Seed}, {Figures.Time(clock.Elapsed)}: {crowd}, all right; {nuisances} who were a nuisance; longest pause "
            + $"{Figures.Time(longest)}. Server: {server.Figures}, {Figures.Memory(server.Figures.PeakMemoryBytes)} at most; "
            + $"memory, second half: {trend}");
        Assert.IsLessThan(MostBytesPerHour, slope ?? 0, "Memory grows.");
        Assert.IsLessThan(Limit.Wait, longest);
    }

    /// <summary>Asks repeatedly. Returns the longest time of an answer.</summary>
    private static TimeSpan Probe(LiveServer server, Func<bool> goesOn)
    {
        const int Pace = 5; // milliseconds
        WireClient probe = server.Enter("Probe");
        var longest = TimeSpan.Zero;
        while (goesOn())
        {
            long start = Stopwatch.GetTimestamp();
            probe.Fence();
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            longest = took > longest ? took : longest;
            Assert.IsFalse(probe.Socket.Poll(TimeSpan.FromMilliseconds(Pace), SelectMode.SelectRead), "No other member sends to the probe.");
        }

        return longest;
    }

    /// <summary>A connection that misbehaves in one of several ways.</summary>
    private static void Bother(LiveServer server, Random random)
    {
        using WireClient client = WireClient.Connect(server.Port, receiveBuffer: 4096);
        switch (random.Next(4))
        {
            case 0: // asks, and does not read the answers
                client.Send("Deaf");
                client.Send(Enumerable.Repeat("/list", 2_000));
                break;
            case 1: // never finishes a frame
                client.Send("Trickler");
                client.SendBytes("x"u8);
                Assert.IsTrue(client.HasEnded(Limit.Wait), $"A client that never completes a frame should be closed. Seed {Soak.Seed}");
                break;
            case 2: // bytes of any kind
                var garbage = new byte[random.Next(20 * WireFrame.Size)];
                random.NextBytes(garbage);
                client.SendBytes([.. WireFrame.Encode("Garbage"), .. garbage]);
                break;
            default: // is gone at once
                client.Reset();
                break;
        }
    }

    /// <summary>The slope of a straight line through the points (least squares).</summary>
    private static double BytesPerHour((TimeSpan At, double Bytes)[] points)
    {
        double meanHours = points.Average(point => point.At.TotalHours);
        double meanBytes = points.Average(point => point.Bytes);
        return points.Sum(point => (point.At.TotalHours - meanHours) * (point.Bytes - meanBytes))
            / points.Sum(point => Math.Pow(point.At.TotalHours - meanHours, 2));
    }
}
