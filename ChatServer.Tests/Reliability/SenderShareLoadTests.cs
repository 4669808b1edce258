using System.Diagnostics;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/decisions/0011: a client with few bytes that cause many deliveries is slowed down while others send too.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class SenderShareLoadTests(TestContext context) : ProgramTests
{
    private const int Megabyte = 1024 * 1024;

    [TestMethod]
    public void A_client_that_joins_its_own_channel_in_a_loop_causes_no_more_deliveries_than_the_rate()
    {
        Needs.Linux();
        int members = Soak.Size(40, 500);
        const int Rate = Megabyte;
        using LiveServer server = LiveServer.Start("--sender-rate", "1M", "--sender-burst", "1M");
        WireClient attacker = server.Gather("room", "Attacker")[0];
        WireClient[] victims = [.. Enumerable.Range(0, members).Select(_ => server.Connect())];
        Array.ForEach(victims, victim => victim.Send("Victim", "/join room"));
        attacker.Read(members);
        WireClient[] elsewhere = server.Gather("elsewhere", "Carol", "Dave");
        using var stop = new ManualResetEventSlim();
        using var memory = new AttackMemory(server);
        using var hasBegun = new ManualResetEventSlim();
        long bytes = 0;
        var clock = new Stopwatch();

        Together.Run(
        [
            () =>
            {
                hasBegun.Wait(Limit.Wait);
                clock.Start();
                ClientPump.Write([attacker], WireFrame.Encode(Enumerable.Repeat("/join room", 64)), stop);
            },
            () => bytes = ClientPump.Read(victims, double.PositiveInfinity, stop).Bytes,
            () => ClientPump.Write([elsewhere[0]], WireFrame.Encode(Enumerable.Repeat("talk", 64)), stop), // never a moment without it
            () =>
            {
                Assert.AreEqual("[Carol] talk", elsewhere[1].Read());
                hasBegun.Set();
                ClientPump.Read(elsewhere, double.PositiveInfinity, stop);
            },
            () =>
            {
                stop.Wait(TimeSpan.FromSeconds(Soak.Size(6, 10))); // one receive may cause what the rate allows in five seconds
                stop.Set();
            },
        ], Limit.Load);

        bytes -= (long)members * (members - 1) / 2 * WireFrame.Size; // each victim was told of those that joined after it
        double most = Rate * (1 + clock.Elapsed.TotalSeconds);
        context.WriteLine(
            $"{members} members, a client that joins its channel in a loop, --sender-rate 1M: {Figures.Memory(bytes)} to the members in "
            + $"{Figures.Time(clock.Elapsed)}; burst and rate allow {Figures.Memory(most)}; {memory.End()}");
        Assert.IsGreaterThan(0, bytes);
        Assert.IsLessThan(4 * most, bytes, "The rest is for a busy machine.");
    }
}
