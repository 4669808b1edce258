using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class ReaderTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [TestMethod]
    public void Without_memory_to_free_a_connection_its_place_is_freed_and_the_thread_ends_normally()
    {
        var log = new FaultLog();
        var faults = new Faults(log);
        using var writer = new Writer(faults);
        writer.Start();
        var registry = new ConnectionRegistry(maxConnections: 1, maxPerAddress: 1);
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
        using var connection = new Connection(1, transport, writer, new SendLimits(1_000_000, 2_000_000, Long), TimeProvider.System);
        Assert.IsTrue(registry.TryAdd(connection, out _));
        using var channels = new ChannelTable(maxChannels: 1);
        var chat = new LocalChat(channels);
        var dispatcher = new Dispatcher(chat, CommandTable.OfAssignment(chat, log), new NameRegistry(unique: false));

        var clientLog = new ClientLog(log, TimeProvider.System);
        var opening = new Opening(_ => null, Long, clientLog);
        new Reader(connection, dispatcher, new OpenEntrance(dispatcher), writer, registry, new PeerTimeouts(Long, Long, Long), opening, faults, clientLog).Run();

        Assert.AreEqual(0, registry.Count);
        Assert.HasCount(1, log.Faults);
    }
}
