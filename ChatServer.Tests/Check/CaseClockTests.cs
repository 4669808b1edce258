using ThreadedChat.ChatCheck.Wire;

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
        Assert.IsTrue(wait.IsOver);
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
    public void Tries_end_with_success_or_with_the_wait()
    {
        int looks = 0, tries = 0;
        CaseClock.Wait Wait() => new(TimeSpan.Zero, Long, () => () => ++looks == 3);

        Assert.IsTrue(Wait().Until(_ => ++tries == 2));
        Assert.AreEqual(2, looks);
        looks = tries = 0;
        Assert.IsFalse(Wait().Until(_ => ++tries == 0));
        Assert.AreEqual(3, tries);
    }
}
