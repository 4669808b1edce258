using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/decisions/0011: clients that use up the memory for queues wait or are disconnected, and no other client is.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class MemoryAttackTests(TestContext context) : ProgramTests
{
    private const int Kilobyte = 1024;
    private const long Megabyte = 1024 * Kilobyte;

    /// <summary>What collections of garbage may lag behind, and the runtime's own.</summary>
    private const long Slack = 40 * Megabyte;

    /// <summary>What may wait for each client without being counted (SECURITY.md), and a chunk of the answer that it is sent.</summary>
    private const long Uncounted = (32 + 16) * Kilobyte;

    [TestMethod]
    public void Clients_that_request_much_and_read_nothing_wait_for_themselves_and_cost_no_other_client_its_connection()
    {
        int clients = Soak.Size(200, 1_500);
        Needs.Linux();
        Needs.Sockets(clients);
        long budget = Soak.Size(8, 64) * Megabyte;
        using LiveServer server = LiveServer.Start("--slow-timeout", "60", "--memory", RunScript.Text((int)budget), "--log-level", "debug");
        WireClient owner = server.Enter("Owner");
        owner.Send(Enumerable.Range(0, 500).Select(i => $"/create {i:d4}{new string('x', 150)}"));
        owner.Fence();
        WireClient[] friends = server.Gather("friends", "Ann", "Ben");
        WireClient[] greedy = [.. Enumerable.Range(0, clients).Select(_ => server.Connect(receiveBuffer: 4 * Kilobyte))];
        Array.ForEach(greedy, client => client.Send("Greedy"));
        Eventually.True(() => server.Figures.Threads > clients, "all should be served");
        ProcessFigures before = server.Figures;
        using var memory = new AttackMemory(server);

        Array.ForEach(greedy, Ask);
        for (int i = 0; i < Soak.Size(100, 1_000); i++)
        {
            friends[0].Send($"still here {i}");
            Assert.AreEqual($"[Ann] still here {i}", friends[1].Read());
        }

        Array.ForEach(greedy, Ask); // each of them waits: it gets no further answer
        server.Enter("Newcomer");
        ProcessFigures after = server.Figures;
        KernelSockets kernel = KernelSockets.Of(server.Port);
        context.WriteLine(
            $"{clients} clients that ask for 100 KB twenty times and read nothing, --memory {Figures.Memory(budget)}: server "
            + $"{Figures.Memory(before.MemoryBytes)} before, {Figures.Memory(after.PeakMemoryBytes)} at most; {kernel}; "
            + $"{server.Closed("MemoryUsedUp")} cut off; {memory.End()}");
        Assert.IsLessThan(Slack + (2 * budget) + (clients * Uncounted), after.PeakMemoryBytes - before.MemoryBytes);
        Assert.DoesNotContain("MemoryUsedUp", server.Log);
    }

    [TestMethod]
    public void Members_that_do_not_read_use_up_the_memory_and_only_they_are_disconnected_for_it()
    {
        int channels = Soak.Size(60, 500);
        Needs.Linux();
        long budget = Soak.Size(8, 64) * Megabyte;
        using LiveServer server = LiveServer.Start("--slow-timeout", "60", "--memory", RunScript.Text((int)budget), "--log-level", "debug");
        WireClient[] friends = server.Gather("friends", "Ann", "Ben");
        WireClient[] senders = [.. Enumerable.Range(0, channels).Select(i => server.Gather($"room{i}", "Sender")[0])];
        var deaf = new WireClient[channels];
        for (int i = 0; i < channels; i++)
        {
            deaf[i] = server.Connect(receiveBuffer: 4 * Kilobyte);
            deaf[i].Send("Deaf", $"/join room{i}");
            Assert.AreEqual("Deaf has joined", senders[i].Read());
        }

        byte[] flood = WireFrame.Encode(Enumerable.Range(0, 64).Select(i => $"flood {i} {new string('x', 150)}"));
        ProcessFigures before = server.Figures;
        using var memory = new AttackMemory(server);
        using var stop = new ManualResetEventSlim();

        Together.Run(
        [
            () => ClientPump.Write(senders, flood, stop),
            () => ComeBack(server, deaf, stop),
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
                    Eventually.True(() => server.Closed("MemoryUsedUp") >= Soak.Size(20, 500), "those that do not read should be cut off");
                }
                finally
                {
                    stop.Set();
                }
            },
        ], Limit.Load);

        ProcessFigures after = server.Figures;
        context.WriteLine(
            $"{channels} channels with a member that does not read and comes back, --memory {Figures.Memory(budget)}: server "
            + $"{Figures.Memory(before.MemoryBytes)} before, {Figures.Memory(after.PeakMemoryBytes)} at most; "
            + $"{server.Closed("MemoryUsedUp")} cut off; {memory.End()}");
        Assert.Contains("new clients are rejected", server.Log);
        Assert.Contains("disconnected because memory is short", server.Log);
        friends[0].Send("at the end");
        Assert.AreEqual("[Ann] at the end", friends[1].Read());
        Array.ForEach(deaf, client => client.Dispose());
        Eventually.True(() => server.Log.Contains("is no longer used up", StringComparison.Ordinal), "the memory should be free again");
        server.Enter("Newcomer");
    }

    /// <summary>Sends requests without waiting for the answers. It may be disconnected meanwhile.</summary>
    private static void Ask(WireClient client)
    {
        try
        {
            client.Send(Enumerable.Repeat("/list", 10));
        }
        catch (SocketException)
        {
            // Cut off.
        }
    }

    /// <summary>Each client joins its channel again once it is disconnected, also if the server rejects it for a while.</summary>
    private static void ComeBack(LiveServer server, WireClient[] clients, ManualResetEventSlim stop)
    {
        while (!stop.Wait(100))
        {
            for (int i = 0; i < clients.Length; i++)
            {
                if (!TrySend(clients[i], "")) // a blank frame asks for nothing
                {
                    clients[i].Dispose();
                    clients[i] = server.Connect(receiveBuffer: 4 * Kilobyte);
                    TrySend(clients[i], "Deaf", $"/join room{i}");
                }
            }
        }
    }

    private static bool TrySend(WireClient client, params string[] texts)
    {
        try
        {
            client.Send(texts);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
