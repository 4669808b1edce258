using System.Diagnostics;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Benchmarks.Load;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/decisions/0011: a client that reads is not disconnected because of any number of senders; a client that has stopped is.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class FairSenderTests(TestContext context) : ProgramTests
{
    private const int Kilobyte = 1024;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(Soak.Size(2, 10));

    /// <summary>In a short run on a busy machine the tests themselves may read slowly.</summary>
    private static readonly string SlowTimeout = Soak.Size("3", "1");

    /// <summary>Writers, members' bytes a second (0: as fast as they can), and which run it is.</summary>
    public static IEnumerable<object[]> Matrix =>
        from writers in Soak.Size<int[]>([20, 100], [1, 20, 100, 200])
        from speed in Soak.Size<int[]>([100_000], [0, 500_000, 100_000])
        from run in Enumerable.Range(1, Soak.Size(1, 3))
        select new object[] { writers, speed, run };

    [TestMethod]
    [DynamicData(nameof(Matrix))]
    public void With_any_number_of_senders_only_a_member_that_has_stopped_is_disconnected(int writers, int speed, int run)
    {
        Needs.Linux();
        Flood(writers, speed == 0 ? $"full speed, run {run}" : $"{speed / 1_000} KB/s, run {run}", speed == 0 ? double.PositiveInfinity : speed);
    }

    private void Flood(int writerCount, string pace, double speed)
    {
        const int Readers = 10;
        using LiveServer server = LiveServer.Start("--slow-timeout", SlowTimeout, "--log-level", "debug");
        WireClient polite = server.Gather("room", "Polite")[0];
        // Half of them with the buffer that is the default: their kernel takes more than 100 KB at a time, and nothing in between.
        WireClient[] readers = [.. Join(server, Readers / 2, "Reader", receiveBuffer: 16 * Kilobyte), .. Join(server, Readers / 2, "Large")];
        WireClient listener = Join(server, 1, "Listener")[0];
        WireClient stopped = Join(server, 1, "Stopped", receiveBuffer: 4 * Kilobyte)[0];
        WireClient[] writers = Join(server, writerCount, "Writer");
        WireClient[] elsewhere = server.Gather("elsewhere", "Carol", "Dave");
        byte[] flood = WireFrame.Encode(Enumerable.Range(0, 64).Select(i => $"flood {i}"));
        using var stop = new ManualResetEventSlim();
        using var memory = new AttackMemory(server);
        LatencyHistogram inside = new(), outside = new();
        (long Bytes, int Ended) read = default, written = default;
        string[] cutOff = [];
        long said = 0;

        Together.Run(
        [
            () => ClientPump.Write(writers, flood, stop),
            () => read = ClientPump.Read(readers, speed, stop),
            () => written = ClientPump.Read(writers, double.PositiveInfinity, stop),
            () => SayNowAndThen(polite, ref said, stop),
            () => MeasurePolite(listener, inside, ref said, stop),
            () => TalkInTurns(elsewhere[0], elsewhere[1], outside, stop),
            () => cutOff = End(server, stop),
        ], Limit.Load);

        context.WriteLine(
            $"{writerCount} writers, {Readers} members at {pace}: {cutOff.Length} cut off ({string.Join("; ", cutOff)}), "
            + $"{Figures.Memory(read.Bytes)} read; a message inside p50 {Ms(inside, 0.5)}, p99 {Ms(inside, 0.99)}; in another channel "
            + $"p50 {Ms(outside, 0.5)}, p99 {Ms(outside, 0.99)}; {memory.End()}; {server.Figures}");
        Assert.HasCount(1, cutOff, $"Only the one that has stopped is cut off: {string.Join("; ", cutOff)}");
        Assert.Contains("Stopped", cutOff[0]);
        Assert.AreEqual(0, read.Ended, "readers whose connection has ended");
        Assert.AreEqual(0, written.Ended, "writers whose connection has ended");
        Assert.IsGreaterThan(0, read.Bytes);
        GC.KeepAlive(stopped);
    }

    /// <summary>
    /// Sets the event when the time is over and the stopped client is disconnected: the others run until then. Returns the lines of the log
    /// about disconnected clients, read before the event is set: after it no client reads, and all are slow.
    /// </summary>
    private static string[] End(LiveServer server, ManualResetEventSlim stop)
    {
        try
        {
            stop.Wait(Duration);
            Eventually.True(() => server.Closed("SlowConsumer") > 0, "the client that has stopped should be cut off");
            return [.. server.Log.Split('\n').Where(line => line.Contains("closed: SlowConsumer", StringComparison.Ordinal))];
        }
        finally
        {
            stop.Set();
        }
    }

    private static WireClient[] Join(LiveServer server, int count, string name, int? receiveBuffer = null)
    {
        WireClient[] clients = [.. Enumerable.Range(0, count).Select(_ => server.Connect(receiveBuffer: receiveBuffer))];
        foreach (WireClient client in clients)
        {
            client.Send(name, "/join room");
        }

        return clients;
    }

    private static void SayNowAndThen(WireClient polite, ref long said, ManualResetEventSlim stop)
    {
        for (int i = 0; !stop.IsSet; i++)
        {
            Volatile.Write(ref said, Stopwatch.GetTimestamp());
            polite.Send("now");
            while (!stop.IsSet && Volatile.Read(ref said) != 0)
            {
                ReadAway(polite); // reads what the others write, as a client does
                stop.Wait(1);
            }
        }
    }

    private static void ReadAway(WireClient client)
    {
        var buffer = new byte[64 * Kilobyte];
        while (client.Socket.Available > 0)
        {
            client.Socket.Receive(buffer);
        }
    }

    private static void MeasurePolite(WireClient listener, LatencyHistogram latencies, ref long said, ManualResetEventSlim stop)
    {
        byte[] wanted = WireFrame.Encode("[Polite] now");
        var buffer = new byte[WireFrame.Size * 1_000];
        int count = 0;
        while (!stop.IsSet)
        {
            if (!listener.Socket.Poll(TimeSpan.FromMilliseconds(10), SelectMode.SelectRead))
            {
                continue;
            }

            int received = listener.Socket.Receive(buffer.AsSpan(count));
            Assert.IsGreaterThan(0, received, "A client that reads is not cut off.");
            count += received;
            int whole = count / WireFrame.Size * WireFrame.Size;
            for (int at = 0; at < whole; at += WireFrame.Size)
            {
                if (buffer.AsSpan(at, WireFrame.Size).SequenceEqual(wanted))
                {
                    latencies.Record(Stopwatch.GetTimestamp() - Interlocked.Exchange(ref said, 0));
                }
            }

            buffer.AsSpan(whole, count - whole).CopyTo(buffer);
            count -= whole;
        }
    }

    private static void TalkInTurns(WireClient one, WireClient two, LatencyHistogram latencies, ManualResetEventSlim stop)
    {
        while (!stop.Wait(5))
        {
            long start = Stopwatch.GetTimestamp();
            one.Send("ping");
            Assert.AreEqual("[Carol] ping", two.Read());
            latencies.Record(Stopwatch.GetTimestamp() - start);
        }
    }

    private static string Ms(LatencyHistogram histogram, double share) => Figures.Time(Stopwatch.GetElapsedTime(0, histogram.Percentile(share)));
}
