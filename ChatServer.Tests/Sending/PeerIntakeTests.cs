using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Sending;

[TestClass]
public sealed class PeerIntakeTests
{
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly PeerIntake _intake;

    public PeerIntakeTests() => _intake = new PeerIntake(_time, Stall);

    [TestMethod]
    public void A_peer_that_takes_all_is_not_behind()
    {
        Assert.IsNull(_intake.Lag, "It was sent nothing yet.");
        _intake.Note(100, 100);
        _time.Advance(Stall);

        Assert.IsNull(_intake.Lag);
        Assert.IsFalse(_intake.HasStalled);
    }

    [TestMethod]
    public void A_peer_that_takes_nothing_is_behind_by_the_time_since_its_kernel_was_full()
    {
        _intake.Note(99, 100);
        _time.Advance(Stall / 2);
        _intake.Note(0, 1);
        _time.Advance(Stall / 2);

        AssertNear(Stall, _intake.Lag);
        Assert.IsTrue(_intake.HasStalled);
    }

    [TestMethod]
    public void Bytes_that_a_peer_takes_make_up_for_time()
    {
        _intake.Note(0, 100);
        _time.Advance(TimeSpan.FromSeconds(3));
        _intake.Note(Congestion.BytesPerSecond, Congestion.BytesPerSecond + 1);
        AssertNear(TimeSpan.FromSeconds(2), _intake.Lag);

        _intake.Note(1, 1);
        Assert.IsNull(_intake.Lag, "It has taken all that it was offered.");
        _intake.Note(0, 1);
        AssertNear(TimeSpan.FromSeconds(2), _intake.Lag, "It is behind as it was before.");

        _intake.Note(3 * Congestion.BytesPerSecond, 3 * Congestion.BytesPerSecond);
        _intake.Note(0, 1);
        Assert.AreEqual(TimeSpan.Zero, _intake.Lag, "It had caught up, and took no more than that in advance.");
    }

    [TestMethod]
    public void A_peer_that_reads_drop_by_drop_is_behind_also_if_it_never_stalls()
    {
        _intake.Note(0, 100);
        for (int i = 0; i < 100; i++)
        {
            _time.Advance(Stall / 10);
            _intake.Note(1, 100);
        }

        AssertNear(10 * Stall, _intake.Lag);
        Assert.IsFalse(_intake.HasStalled);
    }

    [TestMethod]
    public void Once_nothing_is_left_to_send_a_peer_is_not_behind()
    {
        using var rig = new SendRig(time: _time);
        rig.Target.Takes = _ => 0;
        rig.Append();
        rig.Round();
        _time.Advance(Stall);
        AssertNear(Stall, rig.Queue.Lag);
        rig.Target.Takes = offered => offered;

        rig.RoundUntilAllIsTaken();
        rig.Round();
        _time.Advance(Stall);
        rig.Target.Takes = offered => offered / 2;
        rig.Append();
        rig.Round();

        Assert.AreEqual(TimeSpan.Zero, rig.Queue.Lag);
    }

    [TestMethod]
    public void The_first_take_after_a_stall_is_reported_once()
    {
        Assert.IsFalse(_intake.Note(0, 100));
        _time.Advance(Stall / 2);
        Assert.IsFalse(_intake.Note(1, 100), "That was no stall.");
        _time.Advance(Stall);
        Assert.IsFalse(_intake.Note(0, 99), "It still takes nothing.");

        Assert.IsTrue(_intake.Note(1, 99));
        Assert.IsFalse(_intake.Note(98, 98));
    }

    [TestMethod]
    public void A_peer_that_stalls_and_closes_its_connection_in_time_is_remembered_and_one_that_reads_is_not()
    {
        using var stalled = new SendRig(softFrames: 16, time: _time, slowTimeout: 2 * Stall);
        using var steady = new SendRig(softFrames: 16, time: _time, slowTimeout: 2 * Stall);
        using var sender = new SendRig();
        StallRecord stalls = new();
        foreach (SendRig rig in (SendRig[])[steady, stalled])
        {
            rig.Target.Takes = _ => 0;
            rig.Append(17);
            rig.Round();
            _time.Advance(rig == stalled ? Stall : TimeSpan.Zero);
            TestThread thread = TestThread.Start("a sender that waits", () => sender.Queue.WaitFor(rig.Queue, stalls));
            thread.AwaitBlocked();

            rig.Queue.Close();

            thread.AwaitEnd();
            Assert.AreEqual(rig == stalled, stalls.At is not null);
        }
    }

    /// <summary>In ticks of the clock, which are no exact number of bytes.</summary>
    private static void AssertNear(TimeSpan expected, TimeSpan? actual, string message = "") =>
        Assert.AreEqual(expected.TotalMilliseconds, actual!.Value.TotalMilliseconds, 10, message);
}
