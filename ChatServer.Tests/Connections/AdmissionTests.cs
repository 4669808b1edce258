using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Connections;

/// <summary>What happens to a connection that was accepted.</summary>
[TestClass]
public sealed class AdmissionTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly Writer _writer = new(new Faults(NullLogger.Instance));
    private readonly LineLog _log = new();
    private readonly List<Connection> _readers = [];
    private ConnectionRegistry _registry = new(maxConnections: 10, maxPerAddress: 10);

    public void Dispose() => _writer.Dispose();

    [TestMethod]
    public void A_connection_within_the_limits_is_counted_and_gets_a_reader()
    {
        Admission admission = Begin();

        admission.Admit(new FakeTransport());
        admission.Admit(new FakeTransport());

        Assert.AreSequenceEqual([1, 2], _readers.Select(connection => connection.Id));
        Assert.AreEqual(2, _registry.Count);
        Assert.AreEqual((2, 0), (admission.Served, admission.Rejected));
    }

    [TestMethod]
    [DataRow(1, 10, "The server is full. Please try again later.", DisplayName = "Too many in all")]
    [DataRow(10, 1, "There are too many connections from your address. Please try again later.", DisplayName = "Too many from one address")]
    public void A_connection_over_a_limit_gets_one_text_and_no_reader(int inAll, int perAddress, string text)
    {
        _registry = new ConnectionRegistry(inAll, perAddress);
        Admission admission = Begin();
        admission.Admit(new FakeTransport());
        var second = new FakeTransport();

        admission.Admit(second);
        _writer.Round();

        Assert.AreSequenceEqual([text], second.SentTexts);
        Assert.IsTrue(second.IsSendingEnded);
        Assert.HasCount(1, _readers);
        Assert.AreEqual(1, _registry.Count);
        Assert.AreEqual((1, 1), (admission.Served, admission.Rejected));
    }

    [TestMethod]
    public void A_connection_of_an_address_that_connects_too_often_is_rejected_and_not_counted_as_open()
    {
        Admission admission = Begin(burst: 1);
        admission.Admit(new FakeTransport());
        var second = new FakeTransport();

        admission.Admit(second);
        _writer.Round();

        Assert.AreSequenceEqual(["There are too many connections from your address. Please try again later."], second.SentTexts);
        Assert.AreEqual(1, _registry.Count);
        Assert.Contains("(--address-rate)", _log.Take()[^1]);
    }

    [TestMethod]
    public void A_banned_address_that_connects_in_a_loop_is_compared_with_the_bans_only_as_often_as_it_may_connect()
    {
        var bans = new Bans();
        Admission admission = Begin(burst: 2, entrance: bans);

        for (int i = 0; i < 10; i++)
        {
            admission.Admit(new FakeTransport());
        }

        Assert.AreEqual(2, bans.Asked);
        Assert.AreEqual((0, 10), (admission.Served, admission.Rejected));
    }

    [TestMethod]
    public void A_connection_through_a_proxy_that_has_told_its_address_is_judged_by_it_without_a_thread()
    {
        Admission admission = Begin(burst: 1);
        admission.Admit(new FakeTransport { Behind = "192.0.2.7", TellsAtOnce = true });
        var second = new FakeTransport { Behind = "192.0.2.7", TellsAtOnce = true };

        admission.Admit(second);
        admission.Admit(new FakeTransport { Behind = "192.0.2.8", TellsAtOnce = true });
        _writer.Round();

        Assert.AreSequenceEqual(["There are too many connections from your address. Please try again later."], second.SentTexts);
        Assert.AreSequenceEqual(["192.0.2.7", "192.0.2.8"], _readers.Select(connection => connection.Address.ToString()));
    }

    [TestMethod]
    public void Connections_through_proxies_that_tell_nothing_leave_all_places_to_those_that_do()
    {
        _registry = new ConnectionRegistry(maxConnections: 2, maxPerAddress: 10, maxUnknown: 2);
        Admission admission = Begin();
        FakeTransport[] silent = [.. Enumerable.Range(0, 4).Select(_ => new FakeTransport { Behind = "192.0.2.7" })];
        Array.ForEach(silent, admission.Admit);
        Assert.AreSequenceEqual(
            [CloseReason.HandshakeFailed, CloseReason.HandshakeFailed, CloseReason.None, CloseReason.None],
            _readers.Select(connection => connection.Reason),
            "Those that have waited longest make room.");

        admission.Admit(new FakeTransport { Behind = "192.0.2.8", TellsAtOnce = true });
        admission.Admit(new FakeTransport("192.0.2.9"));

        Assert.HasCount(6, _readers);
        Assert.AreEqual(0, admission.Rejected);
    }

    [TestMethod]
    [DataRow(typeof(OutOfMemoryException))]
    [DataRow(typeof(ThreadStartException))]
    public void Without_a_thread_for_it_a_connection_is_rejected_and_its_place_is_free(Type failure)
    {
        var fault = (Exception)Activator.CreateInstance(failure, nonPublic: true)!;
        Admission admission = Begin(startReader: _ => throw fault);
        var transport = new FakeTransport();

        admission.Admit(transport);
        _writer.Round();

        Assert.AreSequenceEqual(["The server is full. Please try again later."], transport.SentTexts);
        Assert.AreEqual(0, _registry.Count);
        Assert.AreEqual((0, 1), (admission.Served, admission.Rejected));
        Assert.Contains("no more threads", _log.Take()[^1]);
    }

    [TestMethod]
    public void If_admission_fails_the_connection_and_its_place_are_freed()
    {
        Admission admission = Begin(startReader: _ => throw new InvalidOperationException());
        var transport = new FakeTransport();

        Assert.ThrowsExactly<InvalidOperationException>(() => admission.Admit(transport));

        Assert.IsTrue(transport.IsDisposed);
        Assert.AreEqual(0, _registry.Count);
    }

    [TestMethod]
    [DataRow(false, 0)]
    [DataRow(true, 1)]
    public void A_connection_that_is_over_gets_no_reader_except_with_a_trace(bool isTraced, int readers)
    {
        Admission admission = Begin(keepsEnded: isTraced);
        var transport = new FakeTransport { IsOver = true };

        admission.Admit(transport);

        Assert.HasCount(readers, _readers);
        Assert.AreEqual(readers, admission.Served);
        Assert.AreEqual(!isTraced, transport.IsDisposed);
    }

    [TestMethod]
    public void A_connection_that_is_over_when_its_turn_comes_gets_no_reader_and_its_place_is_free()
    {
        var later = new Queue<Connection>();
        Admission admission = Begin(schedule: later.Enqueue);
        var transport = new FakeTransport();
        admission.Admit(transport);
        Assert.IsEmpty(_readers);
        Assert.AreEqual(1, _registry.Count, "It counts from its admission.");

        transport.IsOver = true;
        admission.StartReader(later.Dequeue());

        Assert.IsEmpty(_readers);
        Assert.IsTrue(transport.IsDisposed);
        Assert.AreEqual(0, _registry.Count);
        Assert.AreEqual(0, admission.Served);
    }

    [TestMethod]
    [DataRow(false, DisplayName = "before it was admitted")]
    [DataRow(true, DisplayName = "while it waited for its reader")]
    public void The_input_of_a_connection_that_is_over_is_drained_before_it_is_closed(bool hasWaited)
    {
        var later = new Queue<Connection>();
        Admission admission = Begin(schedule: later.Enqueue);
        var results = new Queue<int>([150, -1]); // a part of a frame, and the end
        int leftAtClose = -1;
        var transport = new FakeTransport
        {
            IsOver = !hasWaited,
            ReceivedNow = results.Dequeue,
            WhenDisposed = () => leftAtClose = results.Count,
        };

        admission.Admit(transport);
        if (hasWaited)
        {
            transport.IsOver = true;
            admission.StartReader(later.Dequeue());
        }

        Assert.AreEqual(0, leftAtClose);
    }

    private Admission Begin(
        Action<Connection>? startReader = null, int burst = 100, bool keepsEnded = false, Action<Connection>? schedule = null, IEntrance? entrance = null) => new(
        _registry,
        new RejectedConnections(Long),
        new ArrivalRate(1, burst, new TrustedNetworks([]), new Microsoft.Extensions.Time.Testing.FakeTimeProvider()),
        (id, transport) => new Connection(id, transport, _writer, new SendLimits(1_000_000, 2_000_000, Long), TimeProvider.System),
        startReader ?? _readers.Add,
        keepsEnded,
        _log,
        schedule,
        entrance);

    /// <summary>Rejects all clients, and counts them.</summary>
    private sealed class Bans : IEntrance
    {
        public int Asked { get; private set; }

        public Rejection? Rejects(IPAddress address)
        {
            Asked++;
            return new Rejection(IsServerFull: false, RejectionReason.Banned, "it is banned");
        }

        public Participant? Admit(Connection connection, ReadOnlySpan<byte> firstFrame, string? authenticatedName) => null;

        public ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> firstFrame) => firstFrame;

        public void Departed(Participant participant)
        {
        }
    }
}
