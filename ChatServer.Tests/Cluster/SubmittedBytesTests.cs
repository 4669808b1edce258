using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>What one server may have on its way to one channel: so little that all servers together do not overrun a member that reads.</summary>
[TestClass]
public sealed class SubmittedBytesTests
{
    private const int Batch = 64 * 1024;

    [TestMethod]
    [DataRow(0, 2, DisplayName = "before the first beat")]
    [DataRow(1, 2)]
    [DataRow(4, 2)]
    [DataRow(5, 1)]
    [DataRow(10, 1)]
    [DataRow(100, 1, DisplayName = "one batch may always go")]
    public void So_many_batches_are_on_their_way_with_so_many_servers(int servers, int batches)
    {
        var submitted = new SubmittedBytes();
        for (int i = 0; i < batches; i++)
        {
            submitted.Take(Batch, servers);
        }

        TestThread next = TestThread.Start("the next batch", () => submitted.Take(Batch, servers));
        next.AwaitBlocked();
        submitted.Release(Batch);
        next.AwaitEnd();
    }
}
