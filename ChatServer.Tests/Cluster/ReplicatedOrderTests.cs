using CsCheck;
using ThreadedChat.ChatServer.Tests.Reliability;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>
/// Several servers over a log that loses, doubles, delays and exchanges what is sent to it; one of them may die. In the end all
/// replicas are equal, and each client got what the ledger expects, which knows only what the clients did.
/// </summary>
[TestClass]
public sealed class ReplicatedOrderTests
{
    private const int Clients = 4;

    private static readonly string[] Channels = ["alpha", "beta"];

    private static readonly int Runs = Soak.Size(brief: 60, full: 5_000);

    [TestMethod]
    [TestCategory(Soak.Category)]
    public void Property_all_servers_see_one_order_if_entries_are_lost_late_or_repeated() =>
        Gen.Select(Gen.Int, Gen.Int[2, 4], Gen.Int[50, 600], Gen.Bool).Sample(
            (seed, servers, steps, dies) => Run(seed, servers, steps, dies), iter: Runs, threads: 1);

    private static void Run(int seed, int count, int steps, bool dies)
    {
        var random = new Random(seed);
        var log = new UnreliableLog(random);
        SimulatedServer[] servers = [.. Enumerable.Range(1, count).Select(i => new SimulatedServer(i, Clients, log, random, Channels))];
        int death = dies ? random.Next(steps) : -1;

        for (int step = 0; step < steps; step++)
        {
            SimulatedServer server = servers[random.Next(count)];
            switch (random.Next(8))
            {
                case < 3:
                    server.Act();
                    break;
                case 3:
                    server.Send();
                    break;
                case 4:
                    server.Send(again: random.Next(3) == 0);
                    break;
                case 5:
                    log.Deliver();
                    break;
                default:
                    server.Follow(random.Next(5));
                    break;
            }

            if (step == death)
            {
                servers[^1].Die();
            }
        }

        Conclude(servers, log);
    }

    private static void Conclude(SimulatedServer[] servers, UnreliableLog log)
    {
        SimulatedServer[] alive = [.. servers.Where(server => !server.IsDead)];
        log.DeliverAll(); // what a dead server had sent may still come
        foreach (SimulatedServer dead in servers.Where(server => server.IsDead))
        {
            alive[0].Declare(dead);
        }

        foreach (SimulatedServer server in alive)
        {
            server.EndWell();
        }

        // In turn, since each sees only then what the others have added.
        foreach (SimulatedServer server in alive)
        {
            server.Flush();
        }

        foreach (SimulatedServer server in alive)
        {
            server.Follow(int.MaxValue);
        }

        foreach (SimulatedServer server in alive)
        {
            Assert.IsFalse(server.HasUnseen, "All that a server has added is in the log in the end.");
            Assert.AreEqual(alive[0].Hash, server.Hash, "Equal replicas have equal hashes.");
            foreach (string channel in Channels)
            {
                server.Orders[channel].MustBe(alive[0].Orders[channel], $"What happens in {channel} is the same for all servers.");
            }
        }

        var ledger = new MoveLedger(alive[0].Orders);
        ledger.Check([.. servers.SelectMany(server => server.Lives)], earlier: []);
    }
}
