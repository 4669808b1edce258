using System.Net.Sockets;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 3: a client that does not read is disconnected; no other client loses a frame.</summary>
[TestClass]
public sealed class SlowConsumerTests
{
    private const int Kilobyte = 1024;

    /// <summary>Messages in one send: more than the server sends at a time, far fewer than it queues for a client.</summary>
    private const int BurstSize = 100;

    private static readonly TimeSpan ForEver = TimeSpan.FromHours(1);

    private static readonly ServerOptions ShortTimeout = new()
    {
        SendLimits = new SendLimits(64 * Kilobyte, 1024 * Kilobyte, SlowTimeout: TimeSpan.FromMilliseconds(100)),
    };

    [TestMethod]
    public void A_client_that_does_not_read_is_disconnected_and_the_others_get_everything_in_order()
    {
        using var server = new TestServer(ShortTimeout);
        WireClient[] room = server.Gather("room", "Panda", "Alice");
        AddDeaf(server, room);

        string[] seen = TalkUntilDeafHasLeft(talker: room[0], listener: room[1]);

        seen.MustBe(Enumerable.Range(0, seen.Length).Select(i => $"[Panda] message {i}"));
        room[0].Read(1).MustBe("Deaf has left");
    }

    [TestMethod]
    public void The_bytes_that_a_disconnected_client_received_have_no_gap()
    {
        using var server = new TestServer(ShortTimeout);
        WireClient[] room = server.Gather("room", "Panda", "Alice");
        WireClient deaf = AddDeaf(server, room);
        TalkUntilDeafHasLeft(talker: room[0], listener: room[1]);

        string[] got = deaf.ReadToAnyEnd();

        Assert.IsNotEmpty(got);
        got.MustBe(Enumerable.Range(0, got.Length).Select(i => $"[Panda] message {i}"));
    }

    [TestMethod]
    public void Over_the_hard_limit_a_client_is_disconnected_at_once()
    {
        using var server = new TestServer(new ServerOptions
        {
            SendLimits = new SendLimits(512 * Kilobyte, 512 * Kilobyte, SlowTimeout: ForEver),
        });
        WireClient[] room = server.Gather("room", "Panda", "Alice");
        AddDeaf(server, room);
        room[1].Socket.ReceiveTimeout = 10_000; // TCP itself gives Deaf up after 20 s

        TalkUntilDeafHasLeft(talker: room[0], listener: room[1]); // Panda is not made to wait: that would be for an hour
    }

    [TestMethod]
    public void A_sender_that_is_faster_than_the_readers_is_slowed_down_and_no_client_is_disconnected()
    {
        const int Bursts = 200;
        using var server = new TestServer(new ServerOptions
        {
            SendLimits = new SendLimits(64 * Kilobyte, 1024 * Kilobyte, SlowTimeout: ForEver),
        });
        WireClient[] room = server.Gather("room", "Panda", "Alice", "Bob");
        string[] expected = [.. Enumerable.Range(0, Bursts * BurstSize).Select(i => $"[Panda] message {i}")];
        string[] alice = [], bob = [];

        Together.Run(
        [
            () => Enumerable.Range(0, Bursts).ToList().ForEach(i => room[0].Send(Burst(i * BurstSize))),
            () => alice = room[1].Read(expected.Length),
            () => bob = room[2].Read(expected.Length),
        ]);

        alice.MustBe(expected);
        bob.MustBe(expected);
    }

    [TestMethod]
    [DataRow(4 * Kilobyte)] // the least that the command line allows
    [DataRow(16 * Kilobyte)]
    [DataRow(64 * Kilobyte)]
    public void While_one_channel_waits_for_a_slow_client_another_continues(int sendBuffer)
    {
        using var server = new TestServer(new ServerOptions
        {
            SendLimits = new SendLimits(64 * Kilobyte, 64 * Kilobyte * Kilobyte, SlowTimeout: ForEver),
            SendBufferBytes = sendBuffer,
        });
        WireClient panda = server.Gather("room", "Panda")[0];
        WireClient[] other = server.Gather("other", "Carol", "Dave");
        WireClient deaf = AddDeaf(server, panda);

        Eventually.True(
            () =>
            {
                FillUp(panda);
                TalkInTurns(other[0], other[1], rounds: 50);
                return !panda.Socket.Poll(TimeSpan.Zero, SelectMode.SelectWrite);
            },
            "the server should make a sender wait for one who does not read");

        Assert.IsFalse(panda.Socket.Poll(TimeSpan.Zero, SelectMode.SelectRead), "No client was disconnected meanwhile.");
        deaf.Dispose();
    }

    private static WireClient AddDeaf(TestServer server, params WireClient[] room)
    {
        WireClient deaf = server.Connect(receiveBuffer: 4 * Kilobyte);
        deaf.Send("Deaf", "/join room");
        foreach (WireClient member in room)
        {
            Assert.AreEqual("Deaf has joined", member.Read());
        }

        return deaf;
    }

    /// <summary>
    /// The talker sends numbered messages and the listener reads them, never behind by more than a burst, until it has read
    /// that Deaf has left. All that it read, but for that.
    /// </summary>
    private static string[] TalkUntilDeafHasLeft(WireClient talker, WireClient listener)
    {
        var seen = new List<string>();
        int sent = 0;
        while (!seen.Remove("Deaf has left"))
        {
            talker.Send(Burst(sent));
            sent += BurstSize;
            seen.AddRange(listener.ReadUntil($"[Panda] message {sent - 1}"));
            seen.Add($"[Panda] message {sent - 1}");
        }

        return [.. seen];
    }

    private static IEnumerable<string> Burst(int first) => Enumerable.Range(first, BurstSize).Select(i => $"message {i}");

    /// <summary>Sends until the other side takes nothing for a moment.</summary>
    private static void FillUp(WireClient client)
    {
        byte[] burst = WireFrame.Encode(Burst(0)); // there is room for it where the system says that there is any
        while (client.Socket.Poll(TimeSpan.FromMilliseconds(100), SelectMode.SelectWrite))
        {
            client.SendBytes(burst);
        }
    }

    private static void TalkInTurns(WireClient one, WireClient two, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            one.Send($"ping {i}");
            Assert.AreEqual($"[Carol] ping {i}", two.Read());
            two.Send($"pong {i}");
            Assert.AreEqual($"[Dave] pong {i}", one.Read());
        }
    }
}
