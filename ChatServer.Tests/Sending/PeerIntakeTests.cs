using Microsoft.Extensions.Time.Testing;
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
        Assert.IsFalse(_intake.IsLate);
    }

    [TestMethod]
    public void A_peer_that_takes_nothing_is_behind_by_the_time_since_its_kernel_was_full()
    {
        _intake.Note(99, 100);
        _time.Advance(Stall / 2);
        _intake.Note(0, 1);
        _time.Advance(Stall / 2);

        AssertNear(Stall, _intake.Lag);
        Assert.IsTrue(_intake.IsLate);
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
        Assert.IsLessThan(Stall, _intake.Silence!.Value);
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
    public void Bytes_that_a_peer_takes_count_for_the_past_and_not_in_advance()
    {
        _intake.Note(0, 100);
        for (int i = 0; i < 100; i++)
        {
            _time.Advance(Stall / 100);
            _intake.Note(Congestion.BytesPerSecond, 2 * Congestion.BytesPerSecond); // a hundred times the slow rate, and its kernel is always full
        }

        _time.Advance(Stall);
        _intake.Note(0, 1);

        AssertNear(Stall, _intake.Lag, "It has stopped since then, whatever it took before.");
        AssertNear(Stall, _intake.State.Behind);
    }

    [TestMethod]
    public void Time_in_which_the_server_offers_nothing_does_not_count()
    {
        _intake.Note(0, 100);
        _time.Advance(Stall / 4);
        _intake.Note(0, 100);
        _time.Advance(10 * Stall);

        AssertNear(Stall / 4, _intake.State.Behind);
        AssertNear(10.25 * Stall, _intake.State.BehindNow);
        _intake.Note(100, 100);
        Assert.IsNull(_intake.State.Behind, "It has taken all that it was offered.");
    }

    [TestMethod]
    public void A_peer_that_takes_something_after_its_kernel_was_full_for_a_while_is_reported()
    {
        Assert.IsFalse(_intake.Note(99, 100), "Its kernel is full from now on.");
        _time.Advance(Stall / 20);
        Assert.IsFalse(_intake.Note(1, 100), "So soon it may come from the network.");
        _time.Advance(Stall / 20);
        Assert.IsFalse(_intake.Note(0, 100), "It takes nothing.");

        Assert.IsTrue(_intake.Note(1, 100));
        Assert.IsTrue(_intake.Note(99, 99));
        _intake.End();
        Assert.IsFalse(_intake.Note(99, 100), "It had taken all.");
        Assert.IsFalse(_intake.Note(1, 100), "Its kernel is full again, for less than a while.");
    }

    [TestMethod]
    public void A_peer_has_shown_that_it_reads_once_it_takes_some_frames_after_its_kernel_was_full_for_a_while()
    {
        using var rig = new SendRig(time: _time, slowTimeout: 2 * Stall);
        int free = 0;
        rig.Target.Takes = offered =>
        {
            int taken = Math.Min(offered, free);
            free -= taken;
            return taken;
        };
        bool HasReadMuch(int bytes, TimeSpan after)
        {
            _time.Advance(after);
            free = bytes;
            rig.Offer();
            rig.RoundUntil(() => free == 0, "the peer should take what it has space for");
            rig.Round();
            return rig.Queue.HasReadMuch;
        }

        rig.Append(1_000);
        rig.Round();

        Assert.IsFalse(HasReadMuch(Congestion.ReadBytesWhenMemoryIsShort, Stall / 20), "Its kernel was not full yet.");
        Assert.IsFalse(HasReadMuch(Congestion.ReadBytesWhenMemoryIsShort - 1, 10 * Stall), "A kernel takes a little also if the peer does not read.");
        Assert.IsTrue(HasReadMuch(1, TimeSpan.Zero));
    }

    [TestMethod]
    public void What_is_usual_for_a_peer_is_what_it_has_made_up_for_at_least_half()
    {
        _intake.Note(0, 100);
        _time.Advance(2 * Stall);
        _intake.Note(Congestion.BytesPerSecond - 1_000, Congestion.BytesPerSecond);
        Assert.AreEqual(TimeSpan.Zero, _intake.State.Usual);

        _intake.Note(2_000, Congestion.BytesPerSecond);

        AssertNear(2 * Stall, _intake.State.Usual);
        Pause(Stall);
        AssertNear(2 * Stall, _intake.State.Usual, "A shorter pause of the same order says nothing else.");
        Pause(3 * Stall);
        AssertNear(3 * Stall, _intake.State.Usual);
    }

    /// <summary>A channel may be quiet for long before a member whose kernel takes large steps must read slowly again.</summary>
    [TestMethod]
    public void What_is_usual_for_a_peer_stays_so_while_its_connection_lives()
    {
        _intake.Note(0, 100);
        Pause(4 * Stall);
        Pause(Stall);
        ReadFor(10 * Congestion.StallMemory);
        AssertNear(4 * Stall, _intake.State.Usual);
        _intake.End();
        _time.Advance(TimeSpan.FromDays(1));

        AssertNear(4 * Stall, _intake.State.Usual);
    }

    [TestMethod]
    public void A_peer_that_takes_its_bytes_in_large_steps_keeps_what_is_usual_for_it()
    {
        var step = TimeSpan.FromSeconds(5);
        _intake.Note(0, 100);
        Pause(step);
        for (int i = 0; i < 20; i++)
        {
            for (TimeSpan passed = TimeSpan.Zero; passed < step - Stall; passed += Stall)
            {
                _time.Advance(Stall);
                _intake.Note(0, 100);
                AssertNear(step, _intake.State.Usual);
            }

            Pause(Stall * (0.5 + (i % 2 * 0.5)));
        }
    }

    /// <summary>The peer takes nothing for so long, and then makes up for all.</summary>
    private void Pause(TimeSpan time)
    {
        _time.Advance(time);
        int bytes = (int)(20 * Congestion.BytesPerSecond * time.TotalSeconds);
        _intake.Note(bytes, bytes + 1);
    }

    /// <summary>The peer takes ten times the slow rate for so long, and its kernel is always full.</summary>
    private void ReadFor(TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += Stall / 10)
        {
            _time.Advance(Stall / 10);
            _intake.Note(Congestion.BytesPerSecond, 2 * Congestion.BytesPerSecond);
        }
    }

    /// <summary>In ticks of the clock, which are no exact number of bytes.</summary>
    private static void AssertNear(TimeSpan expected, TimeSpan? actual, string message = "") =>
        Assert.AreEqual(expected.TotalMilliseconds, actual!.Value.TotalMilliseconds, 10, message);
}
