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
        Assert.IsEmpty(_log.Faults);
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
        IReadOnlyList<Connection> late = [one];
        TestThread stop = TestThread.Start("the stop", () => late = _registry.LastInput.Await([early, one, other], Long, TimeProvider.System));
        stop.AwaitBlocked();

        _registry.LastInput.Served(one);
        _registry.LastInput.Served(other);

        stop.AwaitEnd();
        Assert.IsEmpty(late);
    }

    [TestMethod]
    public void Those_that_have_not_served_in_time_are_known()
    {
        Connection served = Connect(new FakeTransport { ArrivedBytes = 1 });
        Connection late = Connect(new FakeTransport { ArrivedBytes = 1 });
        _registry.LastInput.Served(served);

        Assert.AreSequenceEqual([late], _registry.LastInput.Await([served, late], TimeSpan.Zero, TimeProvider.System));
    }

    [TestMethod]
    public void The_stream_ends_only_when_the_peer_has_taken_all()
    {
        Needs.Linux();
        var transport = new FakeTransport { UnsentBytes = 1 };
        Connection connection = Connect(transport);
        connection.Input.Begin();

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

        connection.Input.NoteLate();

        Assert.IsFalse(connection.Input.HasDropped);
        Assert.IsTrue(connection.EndSending());
        Assert.IsTrue(transport.IsSendingEnded);
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
    [DataRow(0, true, DisplayName = "its reader served for too long")]
    [DataRow(1, true, DisplayName = "its reader had not received it yet")]
    [DataRow(1, false, DisplayName = "it came later")]
    public void A_peer_whose_input_was_not_served_sees_no_end_of_the_stream(int arrived, bool isNoted)
    {
        Needs.Linux();
        var transport = new FakeTransport { ArrivedBytes = arrived };
        Connection connection = Connect(transport);
        connection.Input.Begin();
        if (isNoted)
        {
            if (arrived == 0)
            {
                connection.Activity.EndReceive(WireFrame.Size);
            }

            connection.Input.NoteLate();
        }

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

    private TestThread Serve(Connection connection)
    {
        var chat = new LocalChat(_channels);
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
