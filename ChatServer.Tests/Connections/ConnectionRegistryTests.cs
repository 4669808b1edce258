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
    public void Connections_whose_address_is_not_known_take_no_place()
    {
        var registry = new ConnectionRegistry(maxConnections: 2, maxPerAddress: 10, maxUnknown: 3);
        Connection[] waiting = [.. Enumerable.Range(0, 3).Select(_ => Connect())];
        foreach (Connection connection in waiting)
        {
            Assert.IsNull(registry.AwaitAddress(connection, out Connection? longest));
            Assert.IsNull(longest);
        }

        Assert.IsTrue(registry.TryAdd(Connect(), out _));
        Assert.IsTrue(registry.TryAdd(Connect(), out _));
        Assert.AreEqual(5, registry.Count);
        Assert.IsFalse(registry.TryCount(waiting[0], out Rejection? rejection), "Both places are taken.");
        Assert.AreEqual(RejectionReason.ServerFull, rejection!.Reason);
        Array.ForEach(waiting, registry.Remove);
        Assert.AreEqual(2, registry.Count);
    }

    [TestMethod]
    public void A_connection_gets_its_place_when_its_address_is_known()
    {
        var registry = new ConnectionRegistry(maxConnections: 3, maxPerAddress: 10, reserved: 1, maxUnknown: 3);
        Connection[] waiting = [.. Enumerable.Range(0, 4).Select(i => Connect(i == 3 ? "127.0.0.2" : "127.0.0.1"))];
        foreach (Connection connection in waiting)
        {
            registry.AwaitAddress(connection, out _);
        }

        Assert.IsTrue(registry.TryCount(waiting[0], out _));
        Assert.IsTrue(registry.TryCount(waiting[1], out _));
        Assert.IsFalse(registry.TryCount(waiting[2], out Rejection? rejection));
        Assert.AreEqual(RejectionReason.ReservedPlaces, rejection!.Reason);
        Assert.IsTrue(registry.TryCount(waiting[3], out _), "The last place is for an address that has none.");
        Array.ForEach(waiting, registry.Remove);
        Assert.AreEqual(0, registry.Count);
    }

    [TestMethod]
    public void If_too_many_wait_for_their_address_the_one_that_has_waited_longest_makes_room()
    {
        var registry = new ConnectionRegistry(maxConnections: 10, maxPerAddress: 10, maxUnknown: 2);
        Connection[] waiting = [.. Enumerable.Range(0, 5).Select(_ => Connect())];
        registry.AwaitAddress(waiting[0], out _);
        registry.AwaitAddress(waiting[1], out _);
        Assert.IsTrue(registry.TryCount(waiting[0], out _), "It waits no longer.");
        registry.AwaitAddress(waiting[2], out Connection? longest);
        Assert.IsNull(longest);

        Assert.IsNull(registry.AwaitAddress(waiting[3], out longest));

        Assert.AreSame(waiting[1], longest);
        registry.Remove(waiting[1]);
        Assert.IsNull(registry.AwaitAddress(waiting[4], out longest));
        Assert.AreSame(waiting[2], longest);
    }

    [TestMethod]
    public void Connections_that_made_room_count_until_they_have_ended()
    {
        var registry = new ConnectionRegistry(maxConnections: 10, maxPerAddress: 10, maxUnknown: 1);
        Connection first = Connect();
        Connection second = Connect();
        registry.AwaitAddress(first, out _);
        registry.AwaitAddress(second, out Connection? longest);
        Assert.AreSame(first, longest);

        Assert.AreEqual(RejectionReason.ServerFull, registry.AwaitAddress(Connect(), out longest)?.Reason);
        Assert.IsNull(longest);

        registry.Remove(first);
        Assert.IsNull(registry.AwaitAddress(Connect(), out longest));
        Assert.AreSame(second, longest);
    }

    [TestMethod]
    public void While_memory_is_short_no_connection_waits_for_its_address_and_none_gets_a_place()
    {
        var registry = new ConnectionRegistry(maxConnections: 10, maxPerAddress: 10, maxUnknown: 5);
        Connection waiting = Connect();
        registry.AwaitAddress(waiting, out _);
        registry.Bar("memory is short");

        Assert.AreEqual(RejectionReason.Memory, registry.AwaitAddress(Connect(), out _)?.Reason);
        Assert.IsFalse(registry.TryCount(waiting, out Rejection? rejection));
        Assert.AreEqual(RejectionReason.Memory, rejection!.Reason);
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
