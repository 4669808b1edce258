using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>The bytes that one server may have submitted to one channel: few enough that all servers together do not flood a member that reads.</summary>
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
    public void The_limit_of_submitted_batches_depends_on_the_number_of_servers(int servers, int batches)
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
