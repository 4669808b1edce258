using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Sending;

/// <summary>A client whose answers wait for it waits for nobody but itself: it is disconnected only if it takes nothing of them.</summary>
[TestClass]
public sealed class OwnAnswerTests : IDisposable
{
    private const int Soft = 1_000;
    private const int ChunkFrames = 64;

    private static readonly SendLimits Limits = new(Soft * Frame.Size, 2 * Soft * Frame.Size, TimeSpan.FromSeconds(1));

    private readonly FakeTimeProvider _time = new();
    private readonly SendRig _rig;
    private readonly Participant _client;

    /// <summary>Bytes that the peer takes from now on.</summary>
    private int _free;

    public OwnAnswerTests()
    {
        _rig = new SendRig(Soft, 2 * Soft, Limits.SlowTimeout, time: _time);
        _client = new Participant("Alice", _rig.Queue);
        _rig.Target.Takes = offered =>
        {
            int taken = Math.Min(offered, _free);
            _free -= taken;
            return taken;
        };
    }

    public void Dispose() => _rig.Dispose();

    [TestMethod]
    [DataRow(10_000)]
    [DataRow(30_000)]
    [DataRow(60_000)]
    public void A_client_that_reads_a_long_answer_slowly_gets_all_of_it_and_stays(int bytesPerSecond)
    {
        const int Chunks = 50; // 640,000 bytes
        TestThread reader = Answer(Chunks);
        int total = Chunks * ChunkFrames * Frame.Size;

        for (int due = 0; due < total;)
        {
            due = Math.Min(due + bytesPerSecond, total);
            Take(due);
            Assert.IsFalse(_rig.Queue.IsCongested, "Senders do not wait for it.");
            Assert.IsLessThanOrEqualTo(Limits.AnswerBytes + (ChunkFrames * Frame.Size), _rig.Queue.QueuedBytes);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        reader.AwaitEnd();
        Assert.IsEmpty(_rig.Target.Aborts);
    }

    [TestMethod]
    public void A_client_that_sends_many_commands_and_reads_the_short_answers_slowly_stays()
    {
        const int Answers = 2_000; // 400,000 bytes
        TestThread reader = Answer(Answers, frames: 1);

        for (int due = 0; due < Answers * Frame.Size;)
        {
            due = Math.Min(due + 20_000, Answers * Frame.Size);
            Take(due);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        reader.AwaitEnd();
        Assert.IsEmpty(_rig.Target.Aborts);
    }

    [TestMethod]
    public void A_client_that_takes_nothing_of_its_answers_is_disconnected_after_its_time_and_holds_little_until_then()
    {
        TestThread reader = Answer(100);
        Eventually.True(() => _rig.Queue.QueuedBytes > Limits.AnswerBytes, "the answers should fill the queue");
        _rig.Round();
        reader.AwaitBlocked();
        _time.Advance(Limits.AnswerTimeout - TimeSpan.FromTicks(1));
        Assert.IsFalse(reader.HasEndedWithin(TimeSpan.FromMilliseconds(200)));
        Assert.IsLessThanOrEqualTo(Limits.AnswerBytes + (ChunkFrames * Frame.Size), _rig.Queue.QueuedBytes);
        Assert.IsEmpty(_rig.Target.Aborts);

        _time.Advance(TimeSpan.FromTicks(1));

        reader.AwaitEnd();
        Assert.AreSequenceEqual([CloseReason.SlowConsumer], _rig.Target.Aborts);
        Assert.AreEqual(Limits.AnswerTimeout, _rig.Queue.Slowness.Silence);
        Assert.IsGreaterThan(Limits.AnswerBytes, _rig.Queue.Slowness.QueuedBytes);
    }

    [TestMethod]
    public void A_client_waits_for_its_own_answers_and_not_for_what_others_send_it_later()
    {
        _rig.Append(Soft * 9 / 10);
        _client.WaitForOwnTurn();
        TestThread reader = Answer(1, frames: 1);
        reader.AwaitBlocked();
        _rig.Append(Soft);

        Take(Soft / 2 * Frame.Size);

        reader.AwaitEnd();
        Assert.IsGreaterThan(Limits.SoftBytes, _rig.Queue.QueuedBytes);
        Assert.IsEmpty(_rig.Target.Aborts);
    }

    [TestMethod]
    public void A_client_that_goes_waits_for_its_answers_no_more()
    {
        TestThread reader = Answer(100);
        reader.AwaitBlocked();

        _rig.Queue.Close();

        reader.AwaitEnd();
        Assert.IsEmpty(_rig.Target.Aborts);
    }

    [TestMethod]
    [DataRow(40, 45)]
    [DataRow(4, 6)]
    public void With_small_limits_too_a_client_that_sends_many_commands_at_once_waits_and_stays(int soft, int hard)
    {
        using var rig = new SendRig(soft, hard, Limits.SlowTimeout, time: _time);
        var client = new Participant("Alice", rig.Queue);
        TestThread reader = TestThread.Start("the reader of the client", () =>
        {
            for (int i = 0; i < 60 && rig.Queue.IsOpen; i++)
            {
                client.Answer(new byte[Frame.Size]);
                client.WaitForOwnTurn();
            }
        });

        reader.AwaitBlocked();
        Assert.IsFalse(rig.Queue.IsCongested, "Senders do not wait for it.");
        Eventually.True(
            () =>
            {
                rig.Round();
                return reader.HasEndedWithin(TimeSpan.FromMilliseconds(1));
            },
            "the client should get all its answers");
        Assert.IsEmpty(rig.Target.Aborts);
    }

    /// <summary>Sends so many answers, as the client's reader does: waits after each.</summary>
    private TestThread Answer(int count, int frames = ChunkFrames) => TestThread.Start("the reader of the client", () =>
    {
        for (int i = 0; i < count && _rig.Queue.IsOpen; i++)
        {
            _client.Answer(new byte[frames * Frame.Size]);
            _client.WaitForOwnTurn();
        }
    });

    /// <summary>The peer takes bytes until it has so many in all.</summary>
    private void Take(int inAll)
    {
        _free = inAll - _rig.Target.TakenCount;
        _rig.RoundUntil(() => _rig.Target.TakenCount >= inAll, "the peer should have taken that");
    }
}
