using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class RefusalsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [TestMethod]
    public void Who_is_refused_is_told_so_and_then_the_stream_ends()
    {
        using var connection = new LoopbackConnection();

        new Refusals(Long).Refuse(connection.Connection);

        Assert.AreSequenceEqual(["The server is full. Please try again later."], connection.SendAndReadToEnd());
        Assert.AreEqual(CloseReason.ServerFull, connection.Connection.Reason);
    }

    [TestMethod]
    public void Where_too_many_are_being_refused_one_more_is_closed_without_a_word()
    {
        var refusals = new Refusals(Long);
        LoopbackConnection[] pending = [.. Enumerable.Range(0, 256).Select(_ => new LoopbackConnection())];
        using var oneMore = new LoopbackConnection();
        Array.ForEach(pending, connection => refusals.Refuse(connection.Connection));

        refusals.Refuse(oneMore.Connection);

        Assert.IsEmpty(oneMore.SendAndReadToEnd());
        pending[^1].AssertAlive();
        Array.ForEach(pending, connection => connection.Dispose());
    }

    [TestMethod]
    public void All_can_be_closed_at_once()
    {
        var refusals = new Refusals(Long);
        using var connection = new LoopbackConnection();
        refusals.Refuse(connection.Connection);

        refusals.Reap(all: false);
        connection.AssertAlive();

        refusals.Reap(all: true);
        Assert.IsLessThan(0, connection.Receive());
    }
}
