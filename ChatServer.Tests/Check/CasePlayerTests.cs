using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>What one play tells.</summary>
[TestClass]
public sealed class CasePlayerTests
{
    private static readonly Timeouts Limits = new() { Reply = TimeSpan.FromMilliseconds(30) };

    private static readonly CaseGroup<ScriptedFixtureFactory.Fixture> Group = new(
        "group",
        new("group", "grupo"),
        [new("A-01", Level.Required, Section.Network, new("a rule", "uma regra"), fixture => fixture.Play('n'))]);

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(true, true)]
    [DataRow(false, false)]
    [DataRow(false, true)]
    public void A_program_that_ends_after_a_wait_was_cut_short_was_only_late(bool isBrief, bool complains)
    {
        using var fixtures = new ScriptedFixtureFactory { IsWatched = true, End = new ProgramEnd(new("It ended.", "Terminou."), complains ? "Error" : null) };

        CasePlay play = new CasePlayer<ScriptedFixtureFactory.Fixture>(fixtures, Limits)
            .Play(Group, Group.Cases[0], ProgramUse.Own, isBrief ? PlayTime.Brief : PlayTime.Usual);

        Assert.AreEqual((true, isBrief, isBrief), (play.HasFailed, play.IsLate, play.IsBrief));
    }
}
