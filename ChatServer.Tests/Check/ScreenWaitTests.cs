using ThreadedChat.ChatCheck.Suites.Client;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>How long the checker waits for the output of a client.</summary>
[TestClass]
public sealed class ScreenWaitTests
{
    private static readonly Timeouts Limits = new() { Reply = TimeSpan.FromHours(1), Idle = TimeSpan.Zero };

    private readonly CaseClock _clock = new(Limits with { Brief = TimeSpan.Zero }) { WatchProgram = IdleAtSecondLook };

    [TestMethod]
    [DataRow("B")]
    [DataRow("A\n[Me] x")]
    public void Output_that_cannot_become_what_is_expected_is_no_late_output(string printed)
    {
        ClientUnderTest client = Client(new PrintedProgram().Print(printed));

        Assert.ThrowsExactly<CaseFailedException>(() => client.AwaitExactly("A\n[Me] "));

        Assert.AreEqual((false, false), (_clock.HasRunOut, _clock.WasCutShort));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("A\n[M")]
    public void Output_that_can_become_what_is_expected_is_late(string printed)
    {
        ClientUnderTest client = Client(new PrintedProgram().Print(printed));

        Assert.ThrowsExactly<CaseFailedException>(() => client.AwaitExactly("A\n[Me] "));

        Assert.IsTrue(_clock.WasCutShort);
    }

    [TestMethod]
    public void A_line_behind_a_prompt_that_was_not_wiped_is_no_late_line()
    {
        ClientUnderTest client = Client(new PrintedProgram { IsTerminal = true }.Print("[Me] [Bob] hello\r\n[Me] "));

        Assert.ThrowsExactly<CaseFailedException>(() => client.AwaitLine("[Bob] hello"));

        Assert.AreEqual((false, false), (_clock.HasRunOut, _clock.WasCutShort));
    }

    [TestMethod]
    [DataRow("[Me] [Bob] hello")] // the prompt may still be wiped
    [DataRow("[Me] I say [Bob] hello\r\n")] // typed
    [DataRow("[Me] \r\n")]
    public void A_line_that_may_still_come_is_late(string printed)
    {
        ClientUnderTest client = Client(new PrintedProgram { IsTerminal = true }.Print(printed));

        Assert.ThrowsExactly<CaseFailedException>(() => client.AwaitLine("[Bob] hello"));

        Assert.IsTrue(_clock.WasCutShort);
    }

    private static Func<bool> IdleAtSecondLook()
    {
        int looks = 0;
        return () => ++looks > 1;
    }

    private ClientUnderTest Client(PrintedProgram program) => new(program, new Transcript(), _clock, new StartTimes(Limits));
}
