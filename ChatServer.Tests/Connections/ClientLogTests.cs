using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class ClientLogTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LineLog _lines = new() { Least = LogLevel.Information };

    [TestMethod]
    public void Each_arrival_and_departure_is_a_line_with_name_address_and_reason()
    {
        using var peer = new LoopbackConnection("127.0.0.9");
        var clientLog = new ClientLog(_lines, _time);

        bool isTold = clientLog.Admitted(peer.Connection, "Panda");
        peer.Connection.TryEnd(CloseReason.PeerClosed);
        clientLog.Closed(peer.Connection, "Panda", isTold);
        clientLog.Closed(peer.Connection, null, wasTold: false);
        clientLog.NameRefused(peer.Connection, Frame.Encode("[Bob]"));

        Assert.AreSequenceEqual(
            [
                "Connection 1: the client is Panda, from 127.0.0.9",
                "Connection 1 closed: PeerClosed; Panda, from 127.0.0.9",
                "Connection 1 closed: PeerClosed; nobody, from 127.0.0.9",
                "Connection 1 from 127.0.0.9: the name \"[Bob]\" was rejected",
            ],
            _lines.Take());
    }

    [TestMethod]
    public void A_rejected_name_of_any_bytes_makes_no_long_line()
    {
        using var peer = new LoopbackConnection("127.0.0.9");
        var clientLog = new ClientLog(_lines, _time);

        clientLog.NameRefused(peer.Connection, Enumerable.Range(0, Frame.Size).Select(i => (byte)(1 + (i % 2))).ToArray());

        Assert.IsLessThan(400, _lines.Take()[0].Length); // 64 bytes, each shown as four characters
    }

    [TestMethod]
    public void Lines_about_one_address_are_bounded_and_each_logged_arrival_has_a_logged_departure()
    {
        using var noisy = new LoopbackConnection("127.0.0.9");
        using var other = new LoopbackConnection("127.0.0.10");
        var clientLog = new ClientLog(_lines, _time);

        bool[] told = [.. Enumerable.Range(0, 10_000).Select(_ => clientLog.Admitted(noisy.Connection, "Panda"))];
        Array.ForEach(told, isTold => clientLog.Closed(noisy.Connection, "Panda", isTold));
        for (int i = 0; i < 10_000; i++)
        {
            clientLog.Closed(noisy.Connection, null, wasTold: false);
            clientLog.NameRefused(noisy.Connection, Frame.Encode("["));
        }

        Assert.AreEqual(500, told.Count(isTold => isTold));
        Assert.HasCount(1_000, _lines.Take());
        Assert.IsTrue(clientLog.Admitted(other.Connection, "Alice"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsTrue(clientLog.Admitted(noisy.Connection, "Panda"), "one more in two seconds");
        Assert.IsFalse(clientLog.Admitted(noisy.Connection, "Panda"));
    }

    [TestMethod]
    public void A_slow_consumer_is_a_warning_with_name_and_address()
    {
        using var peer = new LoopbackConnection(time: _time);
        var warnings = new LineLog { Least = LogLevel.Warning };
        peer.Connection.Outbox.Append(new byte[10_001 * Frame.Size]); // the limit is two million bytes
        peer.Connection.TryEnd(CloseReason.SlowConsumer);

        new ClientLog(warnings, _time).Closed(peer.Connection, "Panda", wasTold: false);

        Assert.AreSequenceEqual(
            ["Connection 1 closed: SlowConsumer; Panda, from 127.0.0.1; 2000200 bytes queued, nothing taken for 0 ms"], warnings.Take());
    }

    [TestMethod]
    [DataRow("Panda", "Panda")]
    [DataRow("Ελένη-2", "Ελένη-2")]
    [DataRow("Red Panda", "\"Red Panda\"")]
    [DataRow("x, from 192.0.2.1", "\"x, from 192.0.2.1\"")]
    [DataRow("x\" is in channel \"y", "\"x\\\" is in channel \\\"y\"")]
    [DataRow("x\ninfo: ChatServer[1]", "\"x\\ninfo: ChatServer[1]\"")]
    [DataRow("x\u202ey\u00a0z", "\"x\\u{202E}y\\u{A0}z\"")]
    [DataRow("", "\"\"")]
    public void A_name_cannot_be_taken_for_a_part_of_a_line_or_for_another_line(string name, string shown)
    {
        Assert.AreEqual(shown, LogName.Show(name));
        Assert.AreEqual(shown.Trim('"'), LogName.Show(Encoding.UTF8.GetBytes(name)).Trim('"'));
    }
}
