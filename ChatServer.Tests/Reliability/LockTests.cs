using System.Collections.Concurrent;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/architecture.md, "Locks": any actions at the same time never cause a deadlock.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class LockTests(TestContext context)
{
    private const int Threads = 64;
    private const int StepsPerRound = 100;

    [TestMethod]
    public void Sixty_four_threads_that_join_leave_list_send_and_stop_never_deadlock()
    {
        int rounds = Soak.Size(3, 60);
        long steps = 0;
        for (int round = 0; round < rounds; round++)
        {
            steps += Round(round);
        }

        context.WriteLine($"{rounds} servers, {Threads} threads each, {steps} things done, each server stopped in the middle of it. Seed {Soak.Seed}");
    }

    /// <summary>One server: all threads act at once, and one of them stops the server meanwhile. Returns the number of actions.</summary>
    private static long Round(int round)
    {
        // Not disposed of if the test fails: that would wait for the threads that are stuck, and hide the failure.
        var server = new TestServer(new ServerOptions { DrainTimeout = TimeSpan.FromMilliseconds(500) });
        var doing = new ConcurrentDictionary<int, string>(); // for the message if a thread is stuck
        long done = 0;
        bool isStopping = false;
        Task? stop = null;

        var actors = Task.Run(() => Together.Run(
            Enumerable.Range(0, Threads).Select<int, Action>(i => () =>
            {
                var random = new Random(Soak.Seed + (round * Threads) + i);
                try
                {
                    using WireClient client = WireClient.Connect(server.Port);
                    client.Introduce($"Thread-{i}");
                    for (int step = 0; step < StepsPerRound; step++)
                    {
                        doing[i] = Word(random);
                        client.Send(doing[i]);
                        if (random.Next(4) == 0)
                        {
                            client.Fence();
                        }

                        // The thread that is half way through stops the server while the others act.
                        if (Interlocked.Increment(ref done) == Threads * StepsPerRound / 2)
                        {
                            Volatile.Write(ref isStopping, true);
                            stop = server.BeginStop();
                        }
                    }
                }
                catch (Exception e) when (Volatile.Read(ref isStopping) && e is AssertFailedException or SocketException)
                {
                    // Its connection ended with the server.
                }

                doing.TryRemove(i, out _);
            }),
            Limit.Load));

        bool isOver = SpinWait.SpinUntil(() => actors.IsCompleted && stop is { IsCompleted: true }, Limit.Wait);
        string stuck = string.Join(", ", doing.Select(pair => $"{pair.Key} at '{pair.Value}'"));
        Assert.IsTrue(isOver, $"Not over after {Limit.Wait.TotalSeconds} s: {stuck}; stop: {stop?.Status}. Seed {Soak.Seed}");
        actors.GetAwaiter().GetResult();
        stop!.GetAwaiter().GetResult();
        server.Dispose();
        return done;
    }

    private static string Word(Random random)
    {
        int channel = random.Next(4);
        return random.Next(5) switch
        {
            0 => $"/create channel-{channel}",
            1 => $"/join channel-{channel}",
            2 => "/list",
            _ => "hello everybody",
        };
    }
}
