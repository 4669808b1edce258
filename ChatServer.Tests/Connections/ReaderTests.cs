using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class ReaderTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [TestMethod]
    public void Without_memory_to_free_a_connection_its_place_is_freed_and_the_thread_ends_normally()
    {
        int disposals = 0; // the second one is the test's own
        var transport = new FakeTransport
        {
            WhenDisposed = () =>
            {
                if (++disposals == 1)
                {
                    throw new InsufficientMemoryException();
                }
            },
        };

        (int open, int faults, _) = Run(transport);

        Assert.AreEqual(0, open);
        Assert.AreEqual(1, faults);
    }

    [TestMethod]
    public void Further_frames_of_a_client_that_was_rejected_are_dropped()
    {
        var frames = new Queue<byte[]>([WireFrame.Encode("[Bob]"), WireFrame.Encode("Bob"), WireFrame.Encode("/create tea")]);
        var transport = new FakeTransport { Received = () => frames.TryDequeue(out byte[]? frame) ? frame : [] };

        (_, int faults, CloseReason reason) = Run(transport, channels => Assert.IsNull(channels.Find("tea")));

        Assert.AreSequenceEqual(["That name cannot be used: a name has 1 to 64 bytes and no brackets or line breaks."], transport.SentTexts);
        Assert.AreEqual((0, CloseReason.NameRefused), (faults, reason));
    }

    [TestMethod]
    [DataRow(WireFrame.Size, CloseReason.PeerClosed)]
    [DataRow(WireFrame.Size + 1, CloseReason.TornFrame)]
    public void A_stream_that_ends_inside_a_frame_has_a_reason_of_its_own(int length, object reason)
    {
        var parts = new Queue<byte[]>([[.. WireFrame.Encode("Panda").Concat(WireFrame.Encode("hello")).Take(length)]]);

        Assert.AreEqual(reason, Run(new FakeTransport { Received = () => parts.TryDequeue(out byte[]? part) ? part : [] }).Reason);
    }

    [TestMethod]
    [DataRow(false, RejectionReason.AddressLimit, CloseReason.AddressLimit, "There are too many connections from your address. Please try again later.")]
    [DataRow(true, RejectionReason.ServerFull, CloseReason.ServerFull, "The server is full. Please try again later.")]
    [DataRow(false, RejectionReason.Banned, CloseReason.Banned, AccountText.Banned)]
    public void A_rejected_client_behind_a_proxy_gets_the_reason_and_its_place_and_thread_are_free(bool isServerFull, object rejected, object reason, string text)
    {
        var transport = new FakeTransport { Behind = "192.0.2.7", Received = () => throw new InvalidOperationException("The thread waits for the peer.") };
        var rejection = new Rejection(isServerFull, (RejectionReason)rejected, "why");

        Assert.AreEqual((0, 0, (CloseReason)reason), Run(transport, check: rejection));

        Assert.AreSequenceEqual([text], transport.SentTexts);
        Assert.IsTrue(transport.IsSendingEnded);
        Assert.IsTrue(transport.IsDisposed, "Those that were rejected are closed at the end.");
    }

    /// <summary>Serves one connection to its end. Returns how many connections are open then, the faults, and the reason of the end.</summary>
    private static (int Open, int Faults, CloseReason Reason) Run(FakeTransport transport, Action<ChannelTable>? look = null, Rejection? check = null)
    {
        var log = new FaultLog();
        var faults = new Faults(log);
        using var writer = new Writer(faults);
        writer.Start();
        var registry = new ConnectionRegistry(maxConnections: 1, maxPerAddress: 1);
        using var connection = new Connection(1, transport, writer, new SendLimits(1_000_000, 2_000_000, Long), TimeProvider.System);
        Assert.IsTrue(connection.IsAddressKnown ? registry.TryAdd(connection, out _) : registry.AwaitAddress(connection, out _) is null);
        using var channels = new ChannelTable(maxChannels: 1);
        var chat = new LocalChat(channels);
        var dispatcher = new Dispatcher(chat, CommandTable.OfAssignment(chat, log), new NameRegistry(unique: false));

        var clientLog = new ClientLog(log, TimeProvider.System);
        var timeouts = new PeerTimeouts(Long, Long, Long);
        var opening = new Opening(_ => check, timeouts, clientLog);
        var rejected = new RejectedConnections(Long);
        new Reader(connection, dispatcher, new OpenEntrance(dispatcher), writer, registry, rejected, timeouts, opening, faults, clientLog).Run();

        look?.Invoke(channels);
        connection.Outbox.WaitForCompletion(Limit.Wait);
        rejected.CloseExpired(all: true);
        return (registry.Count, log.Faults.Count, connection.Reason);
    }
}
