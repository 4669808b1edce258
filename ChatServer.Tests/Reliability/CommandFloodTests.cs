using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/decisions/0011: many clients that send commands at full speed take turns, and two clients that talk to each other hardly notice.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class CommandFloodTests(TestContext context) : ProgramTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    [TestMethod]
    [DataRow("/xx", DisplayName = "unknown commands")]
    [DataRow("/help", DisplayName = "long answers")]
    [DataRow("", DisplayName = "blank frames")]
    public void Clients_that_send_commands_at_full_speed_leave_the_others_a_fair_part(string command)
    {
        Needs.Linux();
        int flooders = Soak.Size(100, 500);
        using LiveServer server = LiveServer.Start("--extended");
        using LiveServer control = LiveServer.Start("--extended");
        WireClient[] attacked = server.Gather("talk", "Carol", "Dave");
        WireClient[] free = control.Gather("talk", "Carol", "Dave");
        WireClient[] clients = [.. Enumerable.Range(0, flooders).Select(i => server.Enter($"Flooder{i}"))];
        byte[] flood = WireFrame.Encode(Enumerable.Repeat(command, 64));
        using var memory = new AttackMemory(server);
        using var stop = new ManualResetEventSlim();
        int inside = 0, outside = 0;
        long sent = 0;

        Together.Run(
        [
            () => sent = ClientPump.Write(clients, flood, stop),
            () => ClientPump.Read(clients, double.PositiveInfinity, stop),
            () => inside = CountRounds(attacked, stop),
            () => outside = CountRounds(free, stop),
            () =>
            {
                stop.Wait(TimeSpan.FromSeconds(Soak.Size(3, 20)));
                stop.Set();
            },
        ], Limit.Load);

        context.WriteLine(
            $"{flooders} clients with '{command}' at full speed, {Figures.Memory(sent)} sent: two others said {inside} times something to each other, two at "
            + $"a server without such clients {outside} times; {memory.End()}; {server.Figures}");
        Assert.IsGreaterThan(outside / 4, inside);
    }

    private static int CountRounds(WireClient[] pair, ManualResetEventSlim stop)
    {
        int rounds = 0;
        for (; !stop.Wait(Pause); rounds++)
        {
            pair[0].Send($"ping {rounds}");
            Assert.AreEqual($"[Carol] ping {rounds}", pair[1].Read());
            pair[1].Send($"pong {rounds}");
            Assert.AreEqual($"[Dave] pong {rounds}", pair[0].Read());
        }

        return rounds;
    }
}
