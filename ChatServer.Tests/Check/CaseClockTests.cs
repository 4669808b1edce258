using System.Diagnostics;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>Waits that end once the program has nothing to do.</summary>
[TestClass]
public sealed class CaseClockTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private static readonly Timeouts Brief = new() { Reply = Long, Brief = TimeSpan.Zero };

    [TestMethod]
    public void A_brief_wait_goes_on_while_the_program_has_something_to_do()
    {
        bool isIdle = false;
        var clock = new CaseClock(Brief) { WatchProgram = () => () => isIdle };

        CaseClock.Wait wait = clock.ForAnswer();

        Assert.IsFalse(wait.IsOver);
        Assert.IsFalse(clock.HasRunOut);
        isIdle = true;
        Eventually.True(() => wait.IsOver, "the wait should end at the next look");
        Assert.IsTrue(clock.HasRunOut);
        isIdle = false;
        Assert.IsTrue(clock.HasRunOut, "A wait that is over stays over.");
    }

    [TestMethod]
    public void A_program_that_never_has_nothing_to_do_is_waited_for_as_long_as_for_an_answer()
    {
        var clock = new CaseClock(Brief with { Reply = TimeSpan.FromMilliseconds(1) }) { WatchProgram = () => () => false };
        CaseClock.Wait wait = clock.ForAnswer();

        Assert.IsFalse(wait.Until(_ => false));
        Assert.IsTrue(wait.IsOver);
    }

    [TestMethod]
    public void A_program_that_cannot_be_watched_gets_the_whole_time()
    {
        var clock = new CaseClock(Brief);

        Assert.AreEqual(Long, clock.Answer);
        Assert.IsFalse(clock.ForAnswer().IsOver);
    }

    [TestMethod]
    public void A_play_that_is_not_brief_does_not_look_at_the_program()
    {
        var clock = new CaseClock(Brief with { Brief = null }) { WatchProgram = () => () => true };

        Assert.AreEqual(Long, clock.Answer);
        Assert.IsFalse(clock.ForAnswer().IsOver);
        Assert.IsFalse(clock.ForRest().IsOver);
    }

    [TestMethod]
    public void A_wait_for_silence_is_never_brief()
    {
        var clock = new CaseClock(Brief) { WatchProgram = () => () => true };

        Assert.IsFalse(clock.Within(clock.Timeouts.Quiet).IsOver);
    }

    [TestMethod]
    public void A_wait_that_was_cut_short_is_remembered()
    {
        var clock = new CaseClock(Brief) { WatchProgram = () => () => true };
        Assert.IsFalse(clock.WasCutShort);

        Assert.IsTrue(clock.ForAnswer().IsOver);
        clock.Within(Long);

        Assert.IsTrue(clock.WasCutShort);
    }

    [TestMethod]
    public void A_wait_that_takes_its_whole_time_is_not_cut_short()
    {
        var clock = new CaseClock(Brief with { Brief = null, Reply = TimeSpan.FromMilliseconds(1) }) { WatchProgram = () => () => true };

        Assert.IsFalse(clock.ForAnswer().Until(_ => false));

        Assert.IsFalse(clock.WasCutShort);
    }

    [TestMethod]
    public void The_wait_that_was_used_last_tells_whether_the_time_is_over()
    {
        var clock = new CaseClock(Brief);
        CaseClock.Wait outer = clock.Within(TimeSpan.Zero);
        clock.ForRest(); // for the rest of something that has come
        Assert.IsFalse(clock.HasRunOut);

        Assert.IsTrue(outer.IsOver);

        Assert.IsTrue(clock.HasRunOut);
    }

    [TestMethod]
    public void A_wait_that_goes_on_behind_another_one_tells_that_it_was_cut_short()
    {
        bool isIdle = false;
        var clock = new CaseClock(Brief) { WatchProgram = () => () => isIdle };
        CaseClock.Wait outer = clock.ForAnswer();
        Assert.IsFalse(outer.IsOver);
        clock.ForRest();

        isIdle = true;
        Eventually.True(() => outer.IsOver, "the wait should end at the next look");

        Assert.IsTrue(clock.WasCutShort);
    }

    [TestMethod]
    public void Tries_end_with_success_or_with_the_wait()
    {
        int looks = 0, tries = 0;
        CaseClock.Wait Wait() => new(TimeSpan.Zero, Long, () => () => ++looks == 3);

        Assert.IsTrue(Wait().Until(_ => ++tries == 2));
        Assert.AreEqual(2, tries);
        looks = tries = 0;
        Assert.IsFalse(Wait().Until(_ => ++tries == 0));
        Assert.AreEqual(3, looks);
    }

    [TestMethod]
    public void Between_two_looks_at_the_program_there_is_a_pause()
    {
        var looks = new List<long>();
        bool IsIdle()
        {
            looks.Add(Stopwatch.GetTimestamp());
            return looks.Count == 3;
        }

        Assert.IsFalse(new CaseClock.Wait(TimeSpan.Zero, Long, () => IsIdle).Until(_ => false));

        Assert.IsTrue(looks.Zip(looks.Skip(1), Stopwatch.GetElapsedTime).All(pause => pause >= CaseClock.Wait.LookPause));
    }
}
