using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/decisions/0011: the memory that a peer can use, in the server and in the kernel, is counted and bounded.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class HeldMemoryTests(TestContext context) : ProgramTests
{
    private const int Kilobyte = 1024;
    private const long Megabyte = 1024 * Kilobyte;

    /// <summary>What collections of garbage may lag behind, and the runtime's own.</summary>
    private const long Slack = 40 * Megabyte;

    [TestMethod]
    public void Messages_with_blanks_between_them_hold_no_more_memory_than_is_counted()
    {
        Needs.Linux();
        int channels = Soak.Size(10, 50);
        using LiveServer server = LiveServer.Start("--slow-timeout", "60");
        byte[] flood = WireFrame.Encode(Enumerable.Range(0, 320).Select(i => i % 2 == 0 ? "x" : ""));
        WireClient[] senders = [.. Enumerable.Range(0, channels).Select(i => server.Gather($"room{i}", "Sender")[0])];
        for (int i = 0; i < channels; i++)
        {
            server.Connect(receiveBuffer: 4 * Kilobyte).Send("Deaf", $"/join room{i}");
            Assert.AreEqual("Deaf has joined", senders[i].Read());
        }

        ProcessFigures before = server.Figures;
        using var stop = new ManualResetEventSlim();
        using var memory = new AttackMemory(server);
        Together.Run(
        [
            () => ClientPump.Write(senders, flood, stop),
            () => End(stop, TimeSpan.FromSeconds(Soak.Size(2, 10))),
        ], Limit.Load);

        ProcessFigures after = server.Figures;
        context.WriteLine(
            $"{channels} channels with a member that does not read, and messages with blanks between: server "
            + $"{Figures.Memory(before.MemoryBytes)} before, {Figures.Memory(after.PeakMemoryBytes)} at most; {KernelSockets.Of(server.Port)}; "
            + $"{memory.End()}");
        Assert.IsLessThan(Slack + (channels * 600L * Kilobyte), after.PeakMemoryBytes - before.MemoryBytes);
    }

    [TestMethod]
    public void In_a_small_container_the_same_flood_does_not_end_the_server()
    {
        Needs.Linux();
        const int Channels = 50;
        const long HeapLimit = 256 * Megabyte; // what the runtime takes for its heap in a container of 341 MB
        using LiveServer server = LiveServer.StartUnder($"export DOTNET_GCHeapHardLimit={HeapLimit:x}; exec \"$@\"", "--slow-timeout", "60");
        Assert.Contains($"at most {HeapLimit / 4} bytes of memory", server.Log);
        byte[] flood = WireFrame.Encode(Enumerable.Range(0, 320).Select(i => i % 2 == 0 ? "x" : ""));
        WireClient[] senders = [.. Enumerable.Range(0, Channels).Select(i => server.Gather($"room{i}", "Sender")[0])];
        for (int i = 0; i < Channels; i++)
        {
            server.Connect(receiveBuffer: 4 * Kilobyte).Send("Deaf", $"/join room{i}");
            Assert.AreEqual("Deaf has joined", senders[i].Read());
        }

        WireClient[] friends = server.Gather("friends", "Ann", "Ben");
        using var stop = new ManualResetEventSlim();
        Together.Run(
        [
            () => ClientPump.Write(senders, flood, stop),
            () => End(stop, TimeSpan.FromSeconds(Soak.Size(3, 20))),
        ], Limit.Load);

        friends[0].Send("still here");
        Assert.AreEqual("[Ann] still here", friends[1].Read());
        context.WriteLine($"{Channels} channels with a member that does not read, and a heap of {Figures.Memory(HeapLimit)}: {server.Figures}");
    }

    [TestMethod]
    public void Disconnected_clients_leave_nothing_in_the_kernel()
    {
        int clients = Soak.Size(20, 500);
        Needs.Linux();
        using LiveServer server = LiveServer.Start();
        WireClient writer = server.Gather("room", "Writer")[0];
        WireClient[] deaf = [.. Enumerable.Range(0, clients).Select(_ => server.Connect(receiveBuffer: 4 * Kilobyte))];
        Array.ForEach(deaf, client => client.Send("Deaf", "/join room"));
        writer.Read(clients);
        byte[] flood = WireFrame.Encode(Enumerable.Range(0, 64).Select(i => $"flood {i}"));
        KernelSockets most = default;
        using var memory = new AttackMemory(server);
        using var stop = new ManualResetEventSlim();

        Together.Run(
        [
            () => ClientPump.Write([writer], flood, stop),
            () => ClientPump.Read([writer], double.PositiveInfinity, stop),
            () =>
            {
                Eventually.True(
                    () =>
                    {
                        KernelSockets now = KernelSockets.Of(server.Port);
                        most = now.Unsent > most.Unsent ? now : most;
                        return server.Closed("SlowConsumer") > 0 && server.Figures.Threads < clients;
                    },
                    "all that do not read should be cut off");
                stop.Set();
            },
        ], Limit.Load);

        Eventually.True(() => KernelSockets.Of(server.Port).Orphans == 0, "nothing should be left of those that are closed");
        context.WriteLine($"{clients} cut off: at most {most}, then {KernelSockets.Of(server.Port)}; {memory.End()}");
    }

    [TestMethod]
    public void Clients_that_have_ended_and_do_not_read_count_as_connections_and_leave_nothing_in_the_kernel()
    {
        int clients = Soak.Size(10, 200);
        Needs.Linux();
        using LiveServer server = LiveServer.Start("--goodbye-timeout", "1", "--log-level", "debug");
        WireClient owner = server.Enter("Owner");
        owner.Send(Enumerable.Range(0, 400).Select(i => $"/create {i:d4}{new string('x', 150)}"));
        owner.Fence();
        WireClient[] ended = [.. Enumerable.Range(0, clients).Select(_ => server.Connect(receiveBuffer: 4 * Kilobyte))];
        foreach (WireClient client in ended)
        {
            client.Send("Ended", "/list");
            client.EndSending();
        }

        int orphans = 0;
        Eventually.True(
            () =>
            {
                orphans = Math.Max(orphans, KernelSockets.Of(server.Port).Orphans);
                return server.Closed("PeerClosed") == clients;
            },
            "all should be closed");

        Eventually.True(() => KernelSockets.Of(server.Port).Orphans == 0, "nothing should be left of those that are closed");
        context.WriteLine($"{clients} that ended and did not read: at most {orphans} orphans, then {KernelSockets.Of(server.Port)}");
        Assert.IsLessThan(clients, orphans + 1);
    }

    [TestMethod]
    public void A_client_that_once_filled_the_buffer_costs_no_more_than_any_other()
    {
        int clients = Soak.Size(200, 2_000);
        Needs.Linux();
        Needs.Sockets(2 * clients);
        const int BufferFrames = 5;
        using LiveServer server = LiveServer.Start();
        WireClient[] quiet = [.. Enumerable.Range(0, clients).Select(_ => server.Connect())];
        Array.ForEach(quiet, client => client.Send("Quiet"));
        Array.ForEach(quiet, client => client.Fence());
        long before = server.Figures.MemoryBytes;
        long perQuiet = before / clients;

        WireClient[] filled = [.. Enumerable.Range(0, clients).Select(_ => server.Connect())];
        Array.ForEach(filled, client => client.Send(["Filled", .. Enumerable.Repeat("/what", BufferFrames - 1)]));
        Array.ForEach(filled, client => client.Read(BufferFrames - 1));
        long perFilled = (server.Figures.MemoryBytes - before) / clients;

        context.WriteLine($"{clients} quiet clients, then {clients} that sent exactly 1,000 bytes: {perFilled / Kilobyte} KB for each of these");
        Assert.IsLessThan(64 * Kilobyte, perFilled, $"The others and the server itself: {perQuiet / Kilobyte} KB for each.");
    }

    private static void End(ManualResetEventSlim stop, TimeSpan after)
    {
        stop.Wait(after);
        stop.Set();
    }
}
