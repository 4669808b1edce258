using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class ConnectionRegistryTests : IDisposable
{
    private readonly List<LoopbackConnection> _loopbacks = [];

    public void Dispose() => _loopbacks.ForEach(loopback => loopback.Dispose());

    [TestMethod]
    public void The_limit_of_connections_is_reached_exactly()
    {
        var registry = new ConnectionRegistry(maxConnections: 2, maxPerAddress: 10);
        Connection first = Connect();

        Assert.IsTrue(registry.TryAdd(first, out _));
        Assert.IsTrue(registry.TryAdd(Connect(), out _));
        Assert.IsFalse(registry.TryAdd(Connect(), out _));
        Assert.AreEqual(2, registry.Count);

        registry.Remove(first);
        Assert.IsTrue(registry.TryAdd(Connect(), out _), "a place is free again");
    }

    [TestMethod]
    public void The_limit_of_connections_from_an_address_is_reached_exactly()
    {
        var registry = new ConnectionRegistry(maxConnections: 10, maxPerAddress: 2);
        Connection first = Connect("127.0.0.1");

        Assert.IsTrue(registry.TryAdd(first, out _));
        Assert.IsTrue(registry.TryAdd(Connect("127.0.0.1"), out _));
        Assert.IsFalse(registry.TryAdd(Connect("127.0.0.1"), out _));
        Assert.IsTrue(registry.TryAdd(Connect("127.0.0.2"), out _));
        Assert.IsTrue(registry.TryAdd(Connect("::1"), out _));
        Assert.AreEqual(4, registry.Count);

        registry.Remove(first);
        Assert.IsTrue(registry.TryAdd(Connect("127.0.0.1"), out _), "a place is free again");
        Assert.IsFalse(registry.TryAdd(Connect("127.0.0.1"), out _));
    }

    [TestMethod]
    public void Removing_an_unknown_connection_changes_nothing()
    {
        var registry = new ConnectionRegistry(maxConnections: 10, maxPerAddress: 1);
        Connection first = Connect();
        Connection rejected = Connect();
        registry.TryAdd(first, out _);
        registry.TryAdd(rejected, out _);

        registry.Remove(rejected);

        Assert.AreEqual(1, registry.Count);
        Assert.IsFalse(registry.TryAdd(rejected, out _), "the address has its one connection still");
    }

    [TestMethod]
    public void The_list_is_replaced_by_all_open_connections()
    {
        var registry = new ConnectionRegistry(maxConnections: 10, maxPerAddress: 10);
        Connection first = Connect();
        Connection second = Connect();
        registry.TryAdd(first, out _);
        registry.TryAdd(second, out _);
        List<Connection> list = [Connect()];

        registry.CopyTo(list);

        Assert.AreSequenceEqual([first, second], list, SequenceOrder.InAnyOrder);
    }

    [TestMethod]
    public void A_wait_for_the_end_of_all_connections_ends_when_the_last_one_is_removed()
    {
        var registry = new ConnectionRegistry(maxConnections: 10, maxPerAddress: 10);
        Connection first = Connect();
        Connection last = Connect();
        registry.TryAdd(first, out _);
        registry.TryAdd(last, out _);
        bool isEmpty = false;
        TestThread waiter = TestThread.Start("the stop", () => isEmpty = registry.WaitUntilEmpty(TimeSpan.FromHours(1)));
        waiter.AwaitBlocked();

        registry.Remove(first);
        waiter.AwaitBlocked();
        Assert.IsTrue(waiter.IsRunning, "one is left");

        registry.Remove(last);
        waiter.AwaitEnd();
        Assert.IsTrue(isEmpty);
    }

    [TestMethod]
    public void A_wait_for_the_end_of_all_connections_has_a_limit()
    {
        var registry = new ConnectionRegistry(maxConnections: 10, maxPerAddress: 10);
        Assert.IsTrue(registry.WaitUntilEmpty(TimeSpan.Zero));

        registry.TryAdd(Connect(), out _);

        Assert.IsFalse(registry.WaitUntilEmpty(TimeSpan.FromMilliseconds(1)));
    }

    private Connection Connect(string from = "127.0.0.1")
    {
        _loopbacks.Add(new LoopbackConnection(from));
        return _loopbacks[^1].Connection;
    }
}
