using System.Diagnostics;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/protocol.md, section 3, in a long run: with any behaviour of clients, each message reaches the right members.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class MovingMemberTests(TestContext context)
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true, DisplayName = "with the extended mode and a history")]
    public void Each_message_reaches_each_member_once_in_one_order_while_members_join_and_leave(bool isExtended)
    {
        TimeSpan duration = Soak.Duration(briefSeconds: 3, shareOfMinutes: 0.2);
        using var folder = new HistoryFolder();
        using var server = new TestServer(new ServerOptions
        {
            Extended = isExtended,
            History = isExtended ? new HistorySettings(folder.File) : null,

            // Nobody here is slow for any other reason than a busy machine.
            SendLimits = new SendLimits(256 * 1024, 64 * 1024 * 1024, SlowTimeout: Limit.Wait),
        });
        var crowd = new MovingCrowd(server.Port, Soak.Seed);

        var clock = Stopwatch.StartNew();
        do
        {
            crowd.Round();
            server.AwaitConnections(0); // the next round has some of the same names
        }
        while (clock.Elapsed < duration);

        context.WriteLine($"Seed {Soak.Seed}: {crowd}, all right, in {Figures.Time(clock.Elapsed)}");
    }
}
