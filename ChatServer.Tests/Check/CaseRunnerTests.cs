using System.Diagnostics;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatServer.Tests.Support;

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

    [TestMethod]
    public void A_program_that_never_answers_costs_the_first_case_that_counts()
    {
        using var fixtures = new ScriptedFixtureFactory { IsSilent = true };

        IReadOnlyList<CaseResult> results = FollowingFailures.Mark(
        [
            .. CaseRunner.Run(
                [
                    Group(Level.Ours, "S-LIST-01"), Group(Level.Robust, "S-MSG-09", "S-MSG-10"), Group(Level.Required, "S-LIST-02", "S-NAME-05"),
                    Group(Level.Required, "S-CREATE-02", "S-JOIN-02"), Group(Level.Robust, "S-NET-06"),
                ],
                fixtures,
                new Timeouts { Again = TimeSpan.Zero }),
        ]);

        Assert.AreEqual(
            "S-CREATE-02 < S-LIST-02, S-JOIN-02 < S-LIST-02, S-NET-06 < S-LIST-02",
            string.Join(", ", results.Skip(5).Select(result => $"{result.Id} < {result.FollowsFrom}")));
    }

    [TestMethod]
    public void A_case_that_mostly_waits_is_played_while_the_others_are()
    {
        using var begun = new ManualResetEventSlim();
        var another = new ScriptedFixtureFactory();
        using var fixtures = new ScriptedFixtureFactory { Another = another };
        Case<ScriptedFixtureFactory.Fixture> Case(string id, Action play) => new(id, Level.Robust, Section.Network, new("rule", "regra"), _ => play());

        CaseResult[] results =
        [
            .. CaseRunner.Run(
                [
                    new CaseGroup<ScriptedFixtureFactory.Fixture>("group", new("group", "grupo"),
                    [
                        Case("S-MSG-09", () => { }),
                        Case("S-MSG-10", () => Assert.IsTrue(begun.Wait(Limit.Wait), "The other case should be played at the same time.")),
                        Case("S-NET-02", begun.Set) with { IsAside = true },
                    ]),
                ],
                fixtures,
                new Timeouts { Doubt = TimeSpan.Zero }),
        ];

        Assert.AreEqual("S-MSG-09 S-MSG-10 S-NET-02", string.Join(' ', results.Select(result => result.Id)));
        Assert.IsTrue(results.All(result => result.Outcome == CaseOutcome.Passed));
        Assert.AreEqual((2, 1), (fixtures.Plays, another.Plays));
    }

    [TestMethod]
    public void A_failure_beside_the_others_is_played_again_and_reported_in_its_place()
    {
        var another = new ScriptedFixtureFactory();
        using var fixtures = new ScriptedFixtureFactory { Another = another };
        CaseGroup<ScriptedFixtureFactory.Fixture> group = Group(Level.Robust, "S-MSG-09", "S-NET-02", "S-MSG-10");
        group = group with { Cases = [group.Cases[0] with { Play = _ => { } }, group.Cases[1] with { IsAside = true }, group.Cases[2] with { Play = _ => { } }] };

        CaseResult[] results = [.. CaseRunner.Run([group], fixtures, new Timeouts { Doubt = TimeSpan.Zero })];

        Assert.AreEqual("Passed Failed Passed", string.Join(' ', results.Select(result => result.Outcome)));
        Assert.AreEqual((2, 3), (fixtures.Plays, another.Plays));
    }

    [TestMethod]
    public void A_case_that_was_played_ahead_of_its_place_is_reported_also_if_no_time_is_left_there()
    {
        var timeouts = new Timeouts { Whole = TimeSpan.FromMilliseconds(200) };
        CaseGroup<ScriptedFixtureFactory.Fixture> group = Group(Level.Required, "S-LIST-02", "S-FRAME-01", "S-NAME-01");
        group = group with
        {
            Cases = [group.Cases[0] with { Play = fixture => fixture.Play('t') }, group.Cases[1] with { Play = PlayUntilNoTimeIsLeft }, group.Cases[2]],
        };
        CaseResult[] results;
        do
        {
            using var fixtures = new ScriptedFixtureFactory();
            results = [.. CaseRunner.Run([group], fixtures, timeouts)];
        }
        while (results[0].Outcome == CaseOutcome.Skipped); // the machine was so busy that no time was left for the first case

        Assert.AreEqual("Failed Failed Skipped", string.Join(' ', results.Select(result => result.Outcome)));

        void PlayUntilNoTimeIsLeft(ScriptedFixtureFactory.Fixture fixture)
        {
            long began = Stopwatch.GetTimestamp();
            Assert.IsTrue(SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(began) > timeouts.Whole, Limit.Wait));
            fixture.Play('t');
        }
    }

    private static CaseGroup<ScriptedFixtureFactory.Fixture> Group(Level level, params string[] ids) => new(
        "group",
        new("group", "grupo"),
        [.. ids.Select(id => new Case<ScriptedFixtureFactory.Fixture>(id, level, Section.Network, new("rule", "regra"), fixture => fixture.Play('f')))]);
}
