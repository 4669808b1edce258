using System.Diagnostics;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>Many clients that connect and end in every way: the server keeps nothing of them.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class ChurnTests(TestContext context) : ProgramTests
{
    private const int AtATime = 16;
    private const int WarmUp = 2_000;
    private const long Megabyte = 1_000_000;

    /// <summary>Each takes a connected client, and sends and ends in its own way.</summary>
    private static readonly Action<WireClient>[] WaysToGo =
    [
        client => client.Dispose(), // nothing sent
        client =>
        {
            client.Send("Clean", "/join room", "hello");
            client.EndSending();
            client.ReadToEnd();
        },
        client =>
        {
            client.Send("Abrupt", "/join room", "hello");
            client.Dispose(); // with unread bytes: the system sends a reset
        },
        client =>
        {
            client.Send("Reset", "/join room", "hello");
            client.Reset();
        },
        client =>
        {
            client.Send("Torn", "/join room", "hello");
            client.SendBytes("half a frame"u8);
            client.Dispose();
        },
        client =>
        {
            client.SendBytes("half a name"u8);
            client.Reset();
        },
        client =>
        {
            client.Send("[rejected]");
            client.ReadToEnd();
        },
    ];

    [TestMethod]
    public void After_many_connections_the_number_of_threads_and_files_and_the_memory_are_as_before()
    {
        int count = Soak.Size(2_000, 20_000);
        using LiveServer server = LiveServer.Start();
        WireClient watcher = server.Gather("room", "Watcher")[0];
        Churn(server, WarmUp, watcher); // what a server takes once, and keeps
        ProcessFigures before = Settled(server);

        var clock = Stopwatch.StartNew();
        (int joined, int left) = Churn(server, count, watcher);
        TimeSpan took = clock.Elapsed;

        server.AwaitBackTo(before);
        ProcessFigures after = Settled(server);
        context.WriteLine(
            $"{count} connections in {Figures.Time(took)}, {joined} in a channel. Before: {before}; after: {after}, "
            + $"{Figures.Memory(after.PeakMemoryBytes)} at most. Seed {Soak.Seed}");
        Assert.AreEqual(joined, left, "Each member that joined has left.");
        Assert.IsLessThan(before.MemoryBytes + (20 * Megabyte), after.MemoryBytes, "Memory should not grow with each connection.");
    }

    /// <summary>Opens and ends connections, several at a time. Returns how many the watcher saw join and leave.</summary>
    private static (int Joined, int Left) Churn(LiveServer server, int count, WireClient watcher)
    {
        int next = 0, working = AtATime;
        int joined = 0, left = 0;
        Together.Run(
        [
            .. Enumerable.Range(0, AtATime).Select<int, Action>(i => () =>
            {
                var random = new Random(Soak.Seed + i);
                while (Interlocked.Increment(ref next) <= count)
                {
                    using WireClient client = WireClient.Connect(server.Port);
                    WaysToGo[random.Next(WaysToGo.Length)](client);
                }

                Interlocked.Decrement(ref working);
            }),
            () =>
            {
                while (Volatile.Read(ref working) > 0)
                {
                    Watch();
                }
            },
        ], Limit.Load);

        Eventually.True(
            () =>
            {
                Watch();
                return left >= joined;
            },
            "everybody who joined should have left");
        return (joined, left);

        void Watch()
        {
            string[] texts = watcher.Fence();
            joined += texts.Count(text => text.EndsWith(" has joined", StringComparison.Ordinal));
            left += texts.Count(text => text.EndsWith(" has left", StringComparison.Ordinal));
        }
    }

    /// <summary>The figures once they no longer fall: threads and files of the last clients are freed a moment later.</summary>
    private static ProcessFigures Settled(LiveServer server)
    {
        ProcessFigures last = server.Figures;
        Eventually.True(
            () =>
            {
                ProcessFigures before = last;
                Assert.IsFalse(server.Process.HasExitedWithin(TimeSpan.FromMilliseconds(200)), server.Log);
                last = server.Figures;
                return last.Threads >= before.Threads && last.Files >= before.Files;
            },
            "the server should come to rest");
        return last;
    }
}
