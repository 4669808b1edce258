using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Connections;

/// <summary>What happens before a reader receives: a proxy names the address of its client, and TLS is negotiated.</summary>
[TestClass]
public sealed class OpeningTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly Writer _writer = new(new Faults(NullLogger.Instance));
    private readonly LineLog _log = new();

    public void Dispose() => _writer.Dispose();

    [TestMethod]
    public void A_connection_that_opens_is_served()
    {
        Connection connection = Open(new FakeTransport());

        Assert.AreEqual(CloseReason.None, connection.Reason);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("This port speaks TLS only.")]
    public void A_peer_that_begins_wrongly_gets_the_answer_that_it_understands_and_a_graceful_close(string? answer)
    {
        var transport = new FakeTransport { Fault = new TransportFault("it speaks no TLS", answer) };

        Connection connection = Open(transport);
        _writer.Round();

        Assert.AreEqual(CloseReason.HandshakeFailed, connection.Reason);
        Assert.AreSequenceEqual(answer is null ? [] : [answer], transport.SentTexts);
        Assert.IsTrue(transport.IsSendingEnded);
        Assert.Contains("failed before its first frame: it speaks no TLS", _log.Take()[^1]);
    }

    [TestMethod]
    [DataRow(null, CloseReason.ServerStopping)]
    [DataRow("This port speaks TLS only.", CloseReason.HandshakeFailed)]
    public void A_beginning_that_does_not_come_to_its_end_because_the_server_stops_is_no_failure_of_the_peer(string? answer, object reason)
    {
        Connection connection = Create(new FakeTransport { Fault = new TransportFault("it has ended", answer) });
        connection.Input.Begin();

        Assert.IsNull(Make(_ => null).Open(connection));

        Assert.AreEqual(reason, connection.Reason);
        Assert.HasCount(answer is null ? 0 : 1, _log.Take());
    }

    [TestMethod]
    public void The_address_behind_a_proxy_is_the_one_that_is_checked_and_logged()
    {
        IPAddress? seen = null;

        Connection connection = Open(new FakeTransport { Behind = "192.0.2.7" }, checking =>
        {
            seen = checking.Address;
            return null;
        });

        Assert.AreEqual("192.0.2.7", seen?.ToString());
        Assert.AreEqual("192.0.2.7", connection.Address.ToString());
        Assert.AreEqual(CloseReason.None, connection.Reason);
    }

    [TestMethod]
    public void Nothing_is_agreed_with_an_address_behind_a_proxy_that_is_rejected()
    {
        var rejection = new Rejection(IsServerFull: true, RejectionReason.ServerFull, "why");
        Connection connection = Create(new FakeTransport { Behind = "192.0.2.7", Fault = new TransportFault("it was opened", null) });

        Assert.AreSame(rejection, Make(_ => rejection).Open(connection));

        Assert.AreEqual(CloseReason.None, connection.Reason);
        Assert.AreEqual(0, connection.Outbox.QueuedBytes);
    }

    [TestMethod]
    public void Each_address_behind_a_proxy_has_its_own_count_and_the_proxy_has_none()
    {
        var registry = new ConnectionRegistry(maxConnections: 10, maxPerAddress: 1);
        Connection first = Create(new FakeTransport { Behind = "192.0.2.7" });
        Connection second = Create(new FakeTransport { Behind = "192.0.2.7" });
        Connection third = Create(new FakeTransport { Behind = "192.0.2.8" });
        Connection direct = Create(new FakeTransport());
        Assert.IsTrue(registry.TryAdd(direct, out _));
        foreach (Connection connection in (Connection[])[first, second, third])
        {
            Assert.IsNull(registry.AwaitAddress(connection, out _), "Before it is known, an address does not count.");
        }

        foreach (Connection connection in (Connection[])[first, second, third])
        {
            connection.ReadAddress();
        }

        Assert.IsTrue(registry.TryCount(first, out _));
        Assert.IsFalse(registry.TryCount(second, out Rejection? rejection));
        Assert.Contains("--max-per-address", rejection!.Why);
        Assert.IsTrue(registry.TryCount(third, out _));

        registry.Remove(second);
        registry.Remove(first);
        Connection fourth = Create(new FakeTransport("192.0.2.7"));
        Assert.IsTrue(registry.TryAdd(fourth, out _), "The one that left was counted once.");
        Assert.IsFalse(registry.TryAdd(Create(new FakeTransport("192.0.2.7")), out _));
        registry.Remove(third);
        registry.Remove(direct);
        registry.Remove(fourth);
        Assert.AreEqual(0, registry.Count);
    }

    private Connection Open(FakeTransport transport, Func<Connection, Rejection?>? check = null)
    {
        Connection connection = Create(transport);
        Assert.IsNull(Make(check ?? (_ => null)).Open(connection));
        return connection;
    }

    private Opening Make(Func<Connection, Rejection?> check) => new(check, new PeerTimeouts(Long, Long, Long), new ClientLog(_log, TimeProvider.System));

    private Connection Create(FakeTransport transport) => new(1, transport, _writer, new SendLimits(1_000_000, 2_000_000, Long), TimeProvider.System);
}
