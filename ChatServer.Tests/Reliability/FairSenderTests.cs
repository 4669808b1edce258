using System.Diagnostics;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Benchmarks.Load;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/decisions/0011: a client that reads is not cut off because others write, however many they are; one that has stopped is.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class FairSenderTests(TestContext context) : ProgramTests
{
    private const int Kilobyte = 1024;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(Soak.Size(2, 10));

    /// <summary>In a short run on a busy machine the tests themselves may read slowly.</summary>
    private static readonly string SlowTimeout = Soak.Size("3", "1");

    [TestMethod]
    public void With_any_number_of_senders_only_a_member_that_has_stopped_is_disconnected()
    {
        Needs.Linux();
        int[] writers = Soak.Size<int[]>([20, 100], [1, 20, 100, 200]);
        (string Name, double Speed)[] paces = Soak.Size<(string, double)[]>(
            [("100 KB/s", 100_000)], [("full speed", double.PositiveInfinity), ("500 KB/s", 500_000), ("100 KB/s", 100_000)]);
        foreach (int count in writers)
        {
            foreach ((string name, double speed) in paces)
            {
                for (int run = 0; run < Soak.Size(1, 3); run++)
                {
                    Flood(count, name, speed);
                }
            }
        }
    }

    private void Flood(int writerCount, string pace, double speed)
    {
        const int Readers = 10;
        using LiveServer server = LiveServer.Start("--slow-timeout", SlowTimeout, "--log-level", "debug");
        WireClient polite = server.Gather("room", "Polite")[0];
        WireClient[] readers = Join(server, Readers, "Reader", receiveBuffer: 16 * Kilobyte);
        WireClient listener = Join(server, 1, "Listener")[0];
        WireClient stopped = Join(server, 1, "Stopped", receiveBuffer: 4 * Kilobyte)[0];
        WireClient[] writers = Join(server, writerCount, "Writer");
        WireClient[] elsewhere = server.Gather("elsewhere", "Carol", "Dave");
        byte[] flood = WireFrame.Encode(Enumerable.Range(0, 64).Select(i => $"flood {i}"));
        using var stop = new ManualResetEventSlim();
        LatencyHistogram inside = new(), outside = new();
        (long Bytes, int Ended) read = default, written = default;
        long said = 0;

        Together.Run(
        [
            () => ClientPump.Write(writers, flood, stop),
            () => read = ClientPump.Read(readers, speed, stop),
            () => written = ClientPump.Read(writers, double.PositiveInfinity, stop),
            () => SayNowAndThen(polite, ref said, stop),
            () => MeasurePolite(listener, inside, ref said, stop),
            () => TalkInTurns(elsewhere[0], elsewhere[1], outside, stop),
            () => End(stop),
        ], Limit.Load);

        Eventually.True(() => server.Closed("SlowConsumer") > 0, "the client that has stopped should be cut off");
        context.WriteLine(
            $"{writerCount} writers, {Readers} members at {pace}: {server.Closed("SlowConsumer")} cut off (one had stopped), "
            + $"{Figures.Memory(read.Bytes)} read; a message inside p50 {Ms(inside, 0.5)}, p99 {Ms(inside, 0.99)}; in another channel "
            + $"p50 {Ms(outside, 0.5)}, p99 {Ms(outside, 0.99)}; {KernelSockets.Of(server.Port)}; {server.Figures}");
        Assert.AreEqual(1, server.Closed("SlowConsumer"), "Only the one that has stopped is cut off.");
        Assert.AreEqual(0, read.Ended, "readers whose connection has ended");
        Assert.AreEqual(0, written.Ended, "writers whose connection has ended");
        Assert.IsGreaterThan(0, read.Bytes);
        GC.KeepAlive(stopped);
    }

    /// <summary>Sets the event when the time is over: the others run until then.</summary>
    private static void End(ManualResetEventSlim stop)
    {
        stop.Wait(Duration);
        stop.Set();
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
