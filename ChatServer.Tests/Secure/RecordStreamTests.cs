using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Secure;

/// <summary>The network below an SslStream. The test reads as SslStream does, and decrypts nothing.</summary>
[TestClass]
public sealed class RecordStreamTests : IDisposable
{
    private static readonly byte[] Update = RecordCounterTests.Record(22);

    private readonly object _gate = new();
    private readonly FakeTimeProvider _time = new();
    private readonly WorkTurns _turns;
    private readonly Writer _writer;
    private readonly WorkTurn _turn;
    private readonly Socket _listener = ListenSocket.Open(0);
    private readonly Socket _peer = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _accepted;
    private readonly RecordStream _records;

    public RecordStreamTests()
    {
        _peer.Connect(IPAddress.Loopback, ((IPEndPoint)_listener.LocalEndPoint!).Port);
        _accepted = _listener.Accept();
        _turns = new WorkTurns(places: 1, _time);
        _writer = new Writer(new Faults(new FaultLog()), work: _turns);
        _turn = Turn();
        _records = new RecordStream(_accepted, _gate, new RecordOutput(_accepted), () => { }, _turn);
        _records.EndHandshake();
    }

    public void Dispose()
    {
        _records.Dispose();
        _writer.Dispose();
        _accepted.Dispose();
        _peer.Dispose();
        _listener.Dispose();
    }

    [TestMethod]
    public void A_flood_of_records_without_text_is_cut_off_after_a_few_small_reads()
    {
        const int Sent = 10_000;
        TestThread sender = TestThread.Start("the peer", () => SendUpdates(Sent));
        long received = 0;

        Assert.ThrowsExactly<IOException>(() =>
        {
            while (true)
            {
                received += Read();
            }
        });

        Assert.IsLessThanOrEqualTo(RecordShare.FirstBytes + (RecordShare.MostWithoutText * Update.Length), received);
        _peer.Dispose(); // the sender may wait for space
        sender.AwaitEnd();
    }

    [TestMethod]
    public void A_handshake_without_end_is_cut_off_and_what_comes_after_a_handshake_does_not_count()
    {
        using var handshake = new RecordStream(_accepted, _gate, new RecordOutput(_accepted), () => { }, _turn);
        var buffer = new byte[RecordStream.MostOfHandshake / 2];
        TestThread sender = TestThread.Start("the peer", () => SendUpdates(10_000));
        int received = 0;

        Assert.ThrowsExactly<IOException>(() =>
        {
            while (true)
            {
                received += handshake.Read(buffer);
            }
        });
        Assert.IsGreaterThan(RecordStream.MostOfHandshake, received);
        Assert.IsLessThanOrEqualTo(RecordStream.MostOfHandshake + buffer.Length, received);
        handshake.EndHandshake();
        lock (_gate)
        {
            Assert.IsGreaterThan(0, handshake.Read(buffer));
        }

        _peer.Dispose(); // the sender may wait for space
        sender.AwaitEnd();
    }

    [TestMethod]
    public void A_peer_with_little_text_waits_for_its_turn_without_the_gate_and_gives_the_turn_back()
    {
        UseUpShare();
        _turn.End();
        MustWaitForItsTurn();
    }

    [TestMethod]
    public void A_client_that_has_used_up_its_share_of_the_work_waits_in_the_same_way_whatever_is_in_its_records()
    {
        _turn.MustTake(2 * WorkShare.Burst * WorkShare.AnswerBytes);
        MustWaitForItsTurn();
    }

    [TestMethod]
    public void A_turn_to_decrypt_ends_before_the_next_receive_waits()
    {
        _turn.MustTake(2 * WorkShare.Burst * WorkShare.AnswerBytes);
        SendUpdates(1);
        Read();
        WorkTurn other = Turn();
        TestThread next = TestThread.Start("another client", () => other.Take());
        next.AwaitBlocked();

        TestThread reader = TestThread.Start("the reader", () => Read());

        next.AwaitEnd();
        other.End();
        SendUpdates(1);
        reader.AwaitEnd();
    }

    [TestMethod]
    public void A_peer_whose_records_have_text_waits_for_no_turn()
    {
        Turn().Take();

        for (int i = 0; i < 1_000; i++)
        {
            SendUpdates(1);
            Assert.AreEqual(Update.Length, Read());
            _records.Decrypted(WireFrame.Size);
        }
    }

    private void MustWaitForItsTurn()
    {
        WorkTurn other = Turn();
        other.Take();
        SendUpdates(1);

        int count = 0;
        TestThread reader = TestThread.Start("the reader", () => count = Read());
        reader.AwaitBlocked();
        Eventually.True(() => !HasInput(), "it should have received");
        Assert.IsTrue(Monitor.TryEnter(_gate), "The writer must not wait for a turn of the reader.");
        Monitor.Exit(_gate);

        other.End();
        reader.AwaitEnd();
        Assert.AreEqual(Update.Length, count);

        TestThread next = TestThread.Start("another client", () => other.Take());
        next.AwaitBlocked();
        _turn.End();
        next.AwaitEnd();
    }

    /// <summary>Each byte of text in a record of its own, more than are free again in some seconds.</summary>
    private void UseUpShare()
    {
        for (int i = 0; i < 4 * RecordShare.Burst; i++)
        {
            SendUpdates(1);
            Read();
            _records.Decrypted(1);
        }
    }

    /// <summary>Of a client that waits for its turn as long as a test may take.</summary>
    private WorkTurn Turn() => new(
        new SenderWait(new FakeTarget(), _writer, new SendLimits(1_000, 2_000, Limit.Wait), _time), _turns, _time, Limit.Wait);

    private bool HasInput() => SocketCalls.HasInput(_accepted);

    private void SendUpdates(int count)
    {
        try
        {
            _peer.Send([.. Enumerable.Repeat(Update, count).SelectMany(record => record)]);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test has closed it.
        }
    }

    private int Read()
    {
        lock (_gate)
        {
            return _records.Read(new byte[16 * 1024]);
        }
    }
}
