using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>A program of which nothing works.</summary>
[TestClass]
public sealed class CaseRunnerTests
{
    private static readonly Text Nothing = new("Nothing works.", "Nada funciona.");

    [TestMethod]
    public void The_hint_is_in_the_first_case_that_counts_and_nowhere_else()
    {
        using var fixtures = new ScriptedFixtureFactory { Hopeless = Nothing };

        IReadOnlyList<CaseResult> results = FollowingFailures.Mark(
            [.. CaseRunner.Run([Group(Level.Ours, "S-LIST-01"), Group(Level.Required, "S-LIST-02", "S-NAME-01")], fixtures, new Timeouts())]);

        Assert.AreEqual(
            "S-LIST-01 < S-LIST-02, S-LIST-02 < , S-NAME-01 < S-LIST-02", string.Join(", ", results.Select(result => $"{result.Id} < {result.FollowsFrom}")));
        Assert.AreEqual(Nothing, results[1].Finding!.What);
        Assert.AreEqual(1, fixtures.Plays);
    }

    [TestMethod]
    public void If_no_case_counts_the_hint_is_in_the_first()
    {
        using var fixtures = new ScriptedFixtureFactory { Hopeless = Nothing };

        CaseResult[] results = [.. CaseRunner.Run([Group(Level.Ours, "S-LIST-01", "S-LIST-05")], fixtures, new Timeouts())];

        Assert.AreEqual(Nothing, results[0].Finding!.What);
        Assert.AreEqual("S-LIST-01", results[1].FollowsFrom);
    }

    private static CaseGroup<ScriptedFixtureFactory.Fixture> Group(Level level, params string[] ids) => new(
        "group",
        new("group", "grupo"),
        [.. ids.Select(id => new Case<ScriptedFixtureFactory.Fixture>(id, level, Section.Network, new("rule", "regra"), fixture => fixture.Play('f')))]);
}
