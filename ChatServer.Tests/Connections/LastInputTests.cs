using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Connections;

/// <summary>What readers do when the server stops. The transport gives the bytes, and says how many have arrived.</summary>
[TestClass]
public sealed class LastInputTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly FaultLog _log = new();
    private readonly ChannelTable _channels = new(maxChannels: 10);
    private readonly ConnectionRegistry _registry = new(maxConnections: 10, maxPerAddress: 10);
    private readonly Writer _writer;
    private readonly List<Connection> _connections = [];
    private int _faults;

    public LastInputTests()
    {
        _writer = new Writer(new Faults(_log));
        _writer.Start();
    }

    public void Dispose()
    {
        _registry.LastInput.Release();
        _connections.ForEach(connection => connection.Dispose());
        _writer.Dispose();
        _channels.Dispose();
        Assert.HasCount(_faults, _log.Faults, string.Join('\n', _log.Faults));
    }

    [TestMethod]
    public void A_reader_serves_what_had_arrived_when_the_server_stops_and_then_waits_for_the_others()
    {
        Connection? connection = null;
        FakeTransport? transport = null;
        var receives = new Queue<Func<byte[]>>(
        [
            () => WireFrame.Encode("Panda"),
            () =>
            {
                connection!.Input.Begin();
                transport!.ArrivedBytes = WireFrame.Size;
                return WireFrame.Encode("/create tea");
            },
            () => WireFrame.Encode("/create coffee"), // as many bytes have come since
            () => WireFrame.Encode("/create late"),
        ]);
        transport = new FakeTransport { Received = () => receives.Dequeue()() };
        connection = Connect(transport);
        TestThread reader = Serve(connection);

        Eventually.True(() => connection.Input.IsServed, "the reader should have served what had arrived");
        reader.AwaitBlocked();
        Assert.IsTrue(transport.IsReceivingEnded);
        Assert.IsNotNull(_channels.Find("tea"));
        Assert.IsNotNull(_channels.Find("coffee"));
        Assert.HasCount(1, receives);
        Assert.IsTrue(connection.Outbox.IsOpen, "It still takes frames from the others.");

        connection.BeginGracefulClose(CloseReason.ServerStopping, Long);
        _registry.LastInput.Release();
        reader.AwaitEnd();

        Assert.AreEqual(CloseReason.ServerStopping, connection.Reason);
        Assert.IsTrue(transport.IsDisposed);
        if (OperatingSystem.IsLinux())
        {
            Assert.AreEqual((false, true), (transport.IsSendingEnded, transport.IsDiscarding), "The frame that was not served is told by a reset.");
        }
    }

    [TestMethod]
    public void The_stop_waits_until_all_that_serve_have_served_and_for_no_others()
    {
        Connection early = Connect(new FakeTransport());
        _registry.LastInput.Served(early);
        Connection one = Connect(new FakeTransport { ArrivedBytes = 1 });
        Connection other = Connect(new FakeTransport { ArrivedBytes = 1 });
        TestThread stop = TestThread.Start("the stop", () => _registry.LastInput.Await([early, one, other], Long, TimeProvider.System));
        stop.AwaitBlocked();

        _registry.LastInput.Served(one);
        _registry.LastInput.Served(other);

        stop.AwaitEnd();
    }

    [TestMethod]
    [DataRow(false, DisplayName = "the reader discards it")]
    [DataRow(true, DisplayName = "not all members may have got it")]
    public void What_a_late_reader_receives_when_the_time_is_over_is_told_by_a_reset(bool isServed)
    {
        Needs.Linux();
        Connection? connection = null;
        var receives = new Queue<Func<byte[]>>(
        [
            () => WireFrame.Encode("Panda"),
            () =>
            {
                _registry.LastInput.Await([connection!], TimeSpan.Zero, TimeProvider.System);
                if (!isServed)
                {
                    connection!.BeginGracefulClose(CloseReason.ServerStopping, Long);
                }

                Assert.IsFalse(connection!.EndSending(), "The reader has what the transport has not any more.");
                return WireFrame.Encode("/create tea");
            },
            () => WireFrame.Encode("/create late"),
        ]);
        var transport = new FakeTransport { Received = () => receives.Dequeue()() };
        connection = Connect(transport);
        TestThread reader = Serve(connection);
        Eventually.True(() => connection.Input.IsServed, "the reader should have come to the end");
        connection.BeginGracefulClose(CloseReason.ServerStopping, Long);
        _registry.LastInput.Release();
        reader.AwaitEnd();

        Assert.AreEqual(isServed, _channels.Find("tea") is not null);
        Assert.HasCount(1, receives, "The rest stays where a reset comes from it.");
        Assert.AreEqual((false, true), (transport.IsSendingEnded, transport.IsDiscarding));
    }

    [TestMethod]
    public void What_is_discarded_for_another_reason_than_the_stop_is_told_by_no_reset()
    {
        Connection? connection = null;
        FakeTransport? transport = null;
        var receives = new Queue<Func<byte[]>>(
        [
            () => WireFrame.Encode("Panda"),
            () =>
            {
                connection!.BeginGracefulClose(CloseReason.Kicked, Long);
                _registry.LastInput.Await([connection], TimeSpan.Zero, TimeProvider.System);
                transport!.ArrivedBytes = 1;
                return WireFrame.Encode("/create tea");
            },
            () =>
            {
                transport!.ArrivedBytes = 0;
                return [];
            },
            () => [], // where input is discarded until the peer closes
        ]);
        transport = new FakeTransport { Received = () => receives.Dequeue()() };
        connection = Connect(transport);

        Serve(connection).AwaitEnd();

        Assert.AreEqual(CloseReason.Kicked, connection.Reason);
        Assert.IsFalse(transport.IsDiscarding);
        Assert.IsTrue(transport.IsSendingEnded);
    }

    [TestMethod]
    public void A_part_of_a_record_that_nobody_can_decrypt_is_told_by_a_reset()
    {
        Needs.Linux();
        Connection? connection = null;
        var receives = new Queue<Func<byte[]?>>(
        [
            () => WireFrame.Encode("Panda"),
            () =>
            {
                connection!.Input.Begin();
                return null;
            },
        ]);
        var transport = new FakeTransport { Received = () => receives.Dequeue()() };
        connection = Connect(transport);
        TestThread reader = Serve(connection);
        Eventually.True(() => connection.Input.IsServed, "the reader should have come to the end");

        End(connection, reader);

        Assert.AreEqual((false, true), (transport.IsSendingEnded, transport.IsDiscarding));
    }

    [TestMethod]
    [DataRow(true, false, true, DisplayName = "in time")]
    [DataRow(false, false, false, DisplayName = "it is not known what became of it")]
    [DataRow(true, true, false, DisplayName = "too late for the members here")]
    public void A_stream_ends_if_all_that_is_on_its_way_through_the_cluster_arrives_in_time(bool isKnown, bool isLate, bool ends)
    {
        Needs.Linux();
        using var way = new ChatOnItsWay(new LocalChat(_channels));
        Connection? connection = null;
        var receives = new Queue<Func<byte[]>>(
        [
            () => WireFrame.Encode("Panda"),
            () =>
            {
                way.IsDone = false;
                connection!.Input.Begin();
                return [];
            },
        ]);
        var transport = new FakeTransport { Received = () => receives.Dequeue()() };
        connection = Connect(transport);
        TestThread reader = Serve(connection, way);
        way.AwaitWaiting();
        Assert.IsFalse(connection.Input.IsServed, "It waits for the cluster, and not for its client.");
        if (isLate)
        {
            _registry.LastInput.Await([connection], TimeSpan.Zero, TimeProvider.System);
            connection.BeginGracefulClose(CloseReason.ServerStopping, Long);
            Assert.IsFalse(connection.EndSending());
        }

        way.IsDone = isKnown;
        way.Arrive();
        Eventually.True(() => connection.Input.IsServed, "the reader should have come to the end");
        End(connection, reader);

        Assert.AreEqual((ends, !ends), (transport.IsSendingEnded, transport.IsDiscarding));
    }

    [TestMethod]
    public void A_reader_that_has_not_come_to_the_end_when_it_is_aborted_ends_no_stream()
    {
        Needs.Linux();
        var transport = new FakeTransport();
        Connection connection = Connect(transport);
        _registry.LastInput.Await([connection], TimeSpan.Zero, TimeProvider.System);

        connection.Abort(CloseReason.ServerStopping);

        Assert.AreSequenceEqual([false], transport.Aborts);
        Assert.IsTrue(transport.IsDiscarding, "The process may end before the reader does.");
    }

    [TestMethod]
    public void Input_that_a_fault_of_the_server_has_cost_is_told_by_a_reset()
    {
        Needs.Linux();
        _faults = 1;
        Connection? connection = null;
        var transport = new FakeTransport
        {
            Received = () =>
            {
                connection!.Input.Begin();
                throw new InvalidOperationException("a fault of the server");
            },
        };
        connection = Connect(transport);

        Serve(connection).AwaitEnd();

        Assert.AreEqual((false, true), (transport.IsSendingEnded, transport.IsDiscarding));
    }

    [TestMethod]
    public void The_stream_ends_only_when_the_peer_has_taken_all()
    {
        Needs.Linux();
        var transport = new FakeTransport { UnsentBytes = 1 };
        Connection connection = Connect(transport);
        connection.Input.Begin();
        _registry.LastInput.Served(connection);

        Assert.IsFalse(connection.EndSending());
        Assert.IsFalse(transport.IsSendingEnded);

        transport.UnsentBytes = 0;
        Assert.IsTrue(connection.EndSending());
        Assert.IsTrue(transport.IsSendingEnded);
        connection.Dispose();
        Assert.IsFalse(transport.IsDiscarding);
    }

    [TestMethod]
    public void A_peer_that_has_sent_nothing_sees_the_end_of_the_stream_although_its_reader_was_late()
    {
        var transport = new FakeTransport();
        Connection connection = Connect(transport);
        _registry.LastInput.Await([connection], TimeSpan.Zero, TimeProvider.System);
        connection.BeginGracefulClose(CloseReason.ServerStopping, Long);

        Serve(connection).AwaitEnd();

        Assert.IsTrue(transport.IsSendingEnded);
        Assert.IsFalse(transport.IsDiscarding);
    }

    [TestMethod]
    public void A_reader_whose_connection_is_closing_waits_for_no_others()
    {
        Connection? connection = null;
        var receives = new Queue<Func<byte[]>>(
        [
            () => WireFrame.Encode("Panda"),
            () =>
            {
                connection!.Input.Begin();
                connection.TryEnd(CloseReason.TakenOver);
                return [];
            },
            () => [], // where input is discarded until the peer closes
        ]);
        connection = Connect(new FakeTransport { Received = () => receives.Dequeue()() });

        Serve(connection).AwaitEnd();

        Assert.AreEqual(CloseReason.TakenOver, connection.Reason);
    }

    [TestMethod]
    [DataRow(0, DisplayName = "its reader has dropped it")]
    [DataRow(1, DisplayName = "it came later")]
    public void A_peer_whose_input_was_not_served_sees_no_end_of_the_stream(int arrived)
    {
        Needs.Linux();
        var transport = new FakeTransport { ArrivedBytes = arrived };
        Connection connection = Connect(transport);
        connection.Input.Begin();
        if (arrived == 0)
        {
            connection.Input.NoteDropped();
        }

        _registry.LastInput.Served(connection);

        Assert.IsTrue(connection.EndSending(), "There is nothing more to send.");
        connection.Abort(CloseReason.ServerStopping);
        connection.Dispose();

        Assert.IsFalse(transport.IsSendingEnded);
        Assert.AreSequenceEqual([false], transport.Aborts);
        Assert.IsTrue(transport.IsDiscarding);
    }

    private Connection Connect(FakeTransport transport)
    {
        var connection = new Connection(_connections.Count + 1, transport, _writer, new SendLimits(1_000_000, 2_000_000, Long), TimeProvider.System);
        _connections.Add(connection);
        Assert.IsTrue(_registry.TryAdd(connection, out _));
        return connection;
    }

    /// <summary>The rest of the stop.</summary>
    private void End(Connection connection, TestThread reader)
    {
        connection.BeginGracefulClose(CloseReason.ServerStopping, Long);
        _registry.LastInput.Release();
        reader.AwaitEnd();
    }

    private TestThread Serve(Connection connection, IChat? chat = null)
    {
        chat ??= new LocalChat(_channels);
        var dispatcher = new Dispatcher(chat, CommandTable.OfAssignment(chat, _log), new NameRegistry(unique: false));
        var clientLog = new ClientLog(_log, TimeProvider.System);
        var timeouts = new PeerTimeouts(Long, Long, Long);
        var reader = new Reader(
            connection,
            dispatcher,
            new OpenEntrance(dispatcher),
            _writer,
            _registry,
            new RejectedConnections(Long),
            timeouts,
            new Opening(_ => null, timeouts, clientLog),
            new Faults(_log),
            clientLog);
        return TestThread.Start("the reader", reader.Run);
    }
}
