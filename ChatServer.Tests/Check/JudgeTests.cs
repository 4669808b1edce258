using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>From plays to verdicts. A play is a letter: p passes, f fails, l is late, n is late with nothing, u is late though it waits for the usual time in a brief
/// play too, t is late with a part of a message, s is skipped; the last one is repeated.</summary>
[TestClass]
public sealed class JudgeTests
{
    private static readonly Timeouts Limits = new() { Reply = TimeSpan.FromMilliseconds(30) };

    [TestMethod]
    [DataRow("p", "Passed", 3)]
    [DataRow("f", "Failed", 3)]
    [DataRow("l", "Failed", 3)]
    [DataRow("s", "Skipped", 1)]
    [DataRow("fs", "Skipped", 2)]
    [DataRow("ps", "Skipped", 2)]
    [DataRow("ppfp", "NotAlways 2/3", 3)]
    [DataRow("fp", "NotAlways 2/3", 3)]
    [DataRow("ffp", "NotAlways 1/3", 3)]
    [DataRow("lp", "Passed", 5)]
    [DataRow("llp", "NotAlways 1/3", 3)]
    [DataRow("lpfp", "NotAlways 1/3", 3)]
    [DataRow("lpplp", "NotAlways 2/4", 4)]
    public void A_required_case_is_played_until_its_verdict_is_known(string plays, string expected, int count)
    {
        var fixtures = new ScriptedFixtureFactory();

        CaseResult result = Run(fixtures, ("A-01", Level.Required, plays))[0];

        Assert.AreEqual((expected, count), (Shown(result), fixtures.Plays));
    }

    [TestMethod]
    public void A_case_that_is_not_required_and_passes_is_played_once()
    {
        var fixtures = new ScriptedFixtureFactory();

        Run(fixtures, ("A-01", Level.Robust, "p"), ("A-02", Level.Ours, "p"));

        Assert.AreEqual(2, fixtures.Plays);
    }

    [TestMethod]
    [DataRow("f", "Failed", 1)]
    [DataRow("l", "Failed", 2)]
    [DataRow("lp", "Passed", 5)]
    public void A_case_that_the_assignment_leaves_open_is_played_again_only_if_an_answer_is_missing(string plays, string expected, int count)
    {
        var fixtures = new ScriptedFixtureFactory();

        CaseResult result = Run(fixtures, ("A-01", Level.Ours, plays))[0];

        Assert.AreEqual((expected, count), (Shown(result), fixtures.Plays));
    }

    [TestMethod]
    public void A_case_that_passes_is_played_once_if_another_play_takes_long()
    {
        var fixtures = new ScriptedFixtureFactory { CanRepeat = false };

        Run(fixtures, ("A-01", Level.Required, "p"));

        Assert.AreEqual(1, fixtures.Plays);
    }

    [TestMethod]
    public void Each_play_after_a_failed_play_has_a_program_of_its_own()
    {
        var fixtures = new ScriptedFixtureFactory();

        Run(fixtures, ("A-01", Level.Required, "f"));

        Assert.AreEqual("False True True", string.Join(' ', fixtures.WantedAlone));
    }

    [TestMethod]
    [DataRow("fppp", "Passed", 4)]
    [DataRow("ffff", "Failed", 4)]
    [DataRow("fpfp", "NotAlways 2/3", 4)]
    public void A_case_that_fails_after_other_cases_on_the_same_program_is_judged_by_its_plays_alone(string plays, string expected, int count)
    {
        var fixtures = new ScriptedFixtureFactory { SharesProgram = true, CanRepeat = false };

        CaseResult result = Run(fixtures, ("A-01", Level.Required, plays))[0];

        Assert.AreEqual((expected, count), (Shown(result), fixtures.Plays));
    }

    [TestMethod]
    [DataRow(true, "f", "6-30 30-60 6-30")]
    [DataRow(true, "l", "6-30 30-60 30-60")]
    [DataRow(true, "p", "6-30 6-30 6-30")]
    [DataRow(true, "lp", "6-30 30-60 30-60 30-60 30-60")] // late once
    [DataRow(false, "l", "6-30 30-60")]
    [DataRow(false, "lp", "6-30 30-60 30-60 30-60 30-60")]
    public void What_fails_in_a_brief_play_is_played_in_the_whole_time_once(bool counts, string plays, string waits)
    {
        var fixtures = new ScriptedFixtureFactory { IsWatched = true };

        Run(fixtures, ("A-01", counts ? Level.Required : Level.Ours, plays));

        Assert.AreEqual(waits, string.Join(' ', fixtures.Waits));
    }

    [TestMethod]
    [DataRow(true, "l", "6-30 30-60 6-30")]
    [DataRow(false, "l", "6-30 30-60")] // but never alone
    [DataRow(false, "lp", "6-30 30-60 30-60 30-60 30-60")]
    public void Once_the_program_has_answered_in_brief_plays_what_does_not_come_in_others_counts(bool counts, string plays, string waits)
    {
        var fixtures = new ScriptedFixtureFactory { IsWatched = true };

        Run(fixtures, ("A-01", Level.Required, "p"), ("A-02", counts ? Level.Required : Level.Ours, plays));

        Assert.AreEqual(waits, string.Join(' ', fixtures.Waits[3..]));
    }

    [TestMethod]
    [DataRow(1, "6-30 30-60 30-60")]
    [DataRow(2, "6-30 30-60 6-30")] // it is the third
    public void Once_the_whole_time_has_helped_in_none_of_three_cases_brief_plays_count_too(int others, string waits)
    {
        var fixtures = new ScriptedFixtureFactory { IsWatched = true };

        Run(fixtures, [.. Enumerable.Range(1, others).Select(number => ($"A-{number}", Level.Ours, "l")), ("B-01", Level.Required, "l")]);

        Assert.AreEqual(waits, string.Join(' ', fixtures.Waits[^3..]));
    }

    [TestMethod]
    [DataRow("lp", "Passed", 5)]
    [DataRow("pplp", "Passed", 5)]
    [DataRow("lplp", "Passed", 6)] // one answer more is late
    [DataRow("lplplp", "NotAlways 2/4", 5)]
    [DataRow("lf", "Failed", 4)]
    [DataRow("llp", "Passed", 6)]
    [DataRow("fl", "Failed", 3)]
    public void What_does_not_come_in_a_brief_play_does_not_count_if_it_comes_in_the_whole_time(string plays, string expected, int count)
    {
        var fixtures = new ScriptedFixtureFactory { IsWatched = true };

        CaseResult result = Run(fixtures, ("A-01", Level.Required, plays))[0];

        Assert.AreEqual((expected, count), (Shown(result), fixtures.Plays));
    }

    [TestMethod]
    [DataRow("u", "Failed", 3)]
    [DataRow("up", "Passed", 5)]
    public void What_does_not_come_in_the_usual_time_counts_also_in_a_brief_play(string plays, string expected, int count)
    {
        var fixtures = new ScriptedFixtureFactory { IsWatched = true };

        CaseResult[] results = Run(fixtures, ("A-01", Level.Robust, plays), ("A-02", Level.Robust, "p"));

        Assert.AreEqual((expected, count + 1), (Shown(results[0]), fixtures.Plays));
        Assert.AreEqual("6-30", fixtures.Waits[^1], "The program is not slow.");
    }

    [TestMethod]
    [DataRow("lp")]
    [DataRow("pppppplp")]
    public void A_case_for_which_a_brief_play_is_too_short_passes_also_if_the_program_varies_elsewhere(string plays)
    {
        CaseResult[] results = Run(
            new ScriptedFixtureFactory { IsWatched = true }, ("A-01", Level.Required, "fp"), ("A-02", Level.Required, plays), ("A-03", Level.Required, "p"));

        Assert.AreEqual("NotAlways 2/3, Passed, Passed", string.Join(", ", results.Select(Shown)));
    }

    [TestMethod]
    public void A_brief_play_alone_is_no_failure_if_no_time_is_left_for_others()
    {
        var fixtures = new ScriptedFixtureFactory { IsWatched = true };

        CaseResult[] results = Run(
            fixtures,
            Limits with { Again = TimeSpan.FromTicks(1), Doubt = TimeSpan.Zero },
            ("A-01", Level.Required, "lp"),
            ("A-02", Level.Ours, "lp"),
            ("A-03", Level.Required, "p"));

        Assert.AreEqual("Passed, Failed, Passed", string.Join(", ", results.Select(Shown)));
        Assert.AreEqual("6-30 30-60 30-30 30-30", string.Join(' ', fixtures.Waits));
    }

    [TestMethod]
    public void After_the_time_limit_no_play_is_brief()
    {
        var fixtures = new ScriptedFixtureFactory { IsWatched = true };

        Run(fixtures, Limits with { Again = TimeSpan.Zero }, ("A-01", Level.Robust, "p"));

        Assert.AreEqual("30-30", fixtures.Waits.Single());
    }

    [TestMethod]
    public void A_brief_play_shows_that_a_failure_follows_only_if_nothing_came_in_the_other_case()
    {
        CaseResult[] results = Run(
            new ScriptedFixtureFactory { IsWatched = true }, ("A-01", Level.Required, "p"), ("S-NAME-01", Level.Required, "f"), ("S-MSG-01", Level.Required, "lp"));
        var silent = new ScriptedFixtureFactory { IsWatched = true };
        Run(silent, ("A-01", Level.Required, "p"), ("S-NAME-01", Level.Required, "n"), ("S-MSG-01", Level.Required, "n"));

        Assert.AreEqual("Passed, Failed, Passed", string.Join(", ", results.Select(Shown)));
        Assert.AreEqual("6-30 30-60 6-30 6-30", string.Join(' ', silent.Waits[3..])); // the last one is the other case
    }

    [TestMethod]
    public void A_program_that_does_something_else_in_the_whole_time_is_slow_too()
    {
        var fixtures = new ScriptedFixtureFactory { IsWatched = true };

        Run(fixtures, ("A-01", Level.Robust, "lf"), ("A-02", Level.Robust, "p"));

        Assert.AreEqual("30-30", fixtures.Waits[^1]);
    }

    [TestMethod]
    public void A_judge_knows_what_another_one_has_seen_of_the_program()
    {
        var known = new ProgramKnowledge();
        ScriptedFixtureFactory fixtures = new() { IsWatched = true }, others = new() { IsWatched = true };
        Judge<ScriptedFixtureFactory.Fixture> judge = new(fixtures, Limits, known), other = new(others, Limits, known);

        Try(judge, ("A-01", Level.Required, "p"));
        Try(judge, ("S-NAME-01", Level.Required, "n"));
        Try(other, ("S-MSG-01", Level.Required, "n"));
        Assert.AreEqual("6-30", string.Join(' ', others.Waits), "It follows, and brief plays are trusted.");

        Try(judge, ("A-02", Level.Robust, "lp"));
        Try(other, ("A-03", Level.Robust, "p"));
        Assert.AreEqual("30-30", others.Waits[^1], "The program is slow.");
    }

    [TestMethod]
    public void The_case_about_the_length_is_played_first_and_what_follows_from_it_once()
    {
        var fixtures = new ScriptedFixtureFactory { IsWatched = true };

        CaseResult[] results = Run(
            fixtures, ("S-LIST-02", Level.Required, "t"), ("S-NAME-01", Level.Required, "t"), ("S-FRAME-01", Level.Required, "t"), ("S-MSG-01", Level.Required, "t"));

        Assert.AreEqual("S-LIST-02 S-NAME-01 S-FRAME-01 S-MSG-01", string.Join(' ', results.Select(result => result.Id)));
        Assert.AreEqual("6-30 30-60 30-60 6-30 30-60 6-30 6-30", string.Join(' ', fixtures.Waits)); // three, two, one and one of each
    }

    [TestMethod]
    [DataRow(true, 1)]
    [DataRow(false, 3)] // whether it is known yet depends on the time
    public void A_play_in_the_whole_time_is_enough_if_the_same_judge_has_found_the_reason(bool isSame, int count)
    {
        var known = new ProgramKnowledge();
        ScriptedFixtureFactory fixtures = new(), others = new();
        Judge<ScriptedFixtureFactory.Fixture> judge = new(fixtures, Limits, known), other = new(others, Limits, known);

        Try(isSame ? other : judge, ("S-NAME-01", Level.Required, "f"));
        int before = others.Plays;
        Try(other, ("S-MSG-01", Level.Required, "f"));

        Assert.AreEqual(count, others.Plays - before);
    }

    [TestMethod]
    [DataRow("t", "6-30")]
    [DataRow("f", "6-30 30-60")]
    [DataRow("n", "6-30 30-60")]
    public void A_brief_play_shows_a_wrong_length_only_if_the_case_about_the_length_has_shown_one(string plays, string waits)
    {
        var known = new ProgramKnowledge();
        ScriptedFixtureFactory fixtures = new() { IsWatched = true }, others = new() { IsWatched = true };
        Judge<ScriptedFixtureFactory.Fixture> judge = new(fixtures, Limits, known), other = new(others, Limits, known);

        Try(judge, ("S-FRAME-01", Level.Required, plays));
        Try(other, ("S-LIST-02", Level.Ours, "t"));

        Assert.AreEqual(waits, string.Join(' ', others.Waits));
    }

    [TestMethod]
    public void If_messages_have_the_right_length_elsewhere_a_brief_play_does_not_show_that_a_failure_follows()
    {
        var fixtures = new ScriptedFixtureFactory { IsWatched = true };

        Run(fixtures, ("S-LIST-02", Level.Required, "t"), ("S-FRAME-01", Level.Required, "p"), ("S-NAME-01", Level.Required, "t"));

        Assert.AreEqual("6-30 30-60", string.Join(' ', fixtures.Waits[^2..]));
    }

    [TestMethod]
    public void If_the_program_cannot_be_watched_no_play_is_brief()
    {
        var fixtures = new ScriptedFixtureFactory();

        Run(fixtures, ("A-01", Level.Required, "l"));

        Assert.AreEqual("30-30 60-60 30-30", string.Join(' ', fixtures.Waits));
    }

    [TestMethod]
    public void A_program_for_which_a_brief_play_was_too_short_has_no_other_one()
    {
        var fixtures = new ScriptedFixtureFactory { IsWatched = true };

        Run(fixtures, ("A-01", Level.Robust, "lp"), ("A-02", Level.Robust, "p"));

        Assert.AreEqual("30-30", fixtures.Waits[^1]);
    }

    [TestMethod]
    public void If_a_program_varies_the_earlier_cases_are_played_again()
    {
        CaseResult[] results = Run(
            new ScriptedFixtureFactory(),
            ("A-01", Level.Robust, "pppfp"), // played once at first
            ("A-02", Level.Robust, "p"),
            ("A-03", Level.Required, "fffp"),
            ("A-04", Level.Required, "fp"), // here it is found out
            ("A-05", Level.Robust, "ppppfp"));

        string[] shown = [.. results.Select(result => $"{result.Id} {Shown(result)}{(result.IsSecondLook ? " again" : "")}")];
        Assert.AreEqual(
            "A-01 Passed, A-02 Passed, A-03 Failed, A-04 NotAlways 2/3, A-05 NotAlways 6/7, A-01 NotAlways 6/7 again, A-03 NotAlways 4/7 again",
            string.Join(", ", shown));
    }

    [TestMethod]
    public void After_the_time_limit_no_case_is_played_again()
    {
        var fixtures = new ScriptedFixtureFactory();

        CaseResult[] results = Run(
            fixtures,
            Limits with { Again = TimeSpan.Zero, Doubt = TimeSpan.Zero },
            ("A-01", Level.Required, "f"),
            ("A-02", Level.Required, "p"));

        Assert.AreEqual("Failed, Passed", string.Join(", ", results.Select(Shown)));
        Assert.AreEqual(2, fixtures.Plays);
    }

    [TestMethod]
    public void A_finding_says_how_often_in_both_languages()
    {
        Text what = Run(new ScriptedFixtureFactory(), ("A-01", Level.Required, "fp"))[0].Finding!.What;

        Assert.AreEqual("Not always: this case passed 2 of 3 times. The failure was: wrong", what.English);
        Assert.AreEqual("Nem sempre: este caso passou 2 de 3 vezes. A falha foi: errado", what.Portuguese);
    }

    private static CaseResult[] Run(ScriptedFixtureFactory fixtures, params (string Id, Level Level, string Plays)[] cases) => Run(fixtures, Limits, cases);

    private static CaseResult[] Run(ScriptedFixtureFactory fixtures, Timeouts timeouts, params (string Id, Level Level, string Plays)[] cases)
    {
        return [.. CaseRunner.Run([Group(cases)], fixtures, timeouts)];
    }

    private static void Try(Judge<ScriptedFixtureFactory.Fixture> judge, (string Id, Level Level, string Plays) data)
    {
        CaseGroup<ScriptedFixtureFactory.Fixture> group = Group(data);
        judge.Try(group, group.Cases[0]);
    }

    private static CaseGroup<ScriptedFixtureFactory.Fixture> Group(params (string Id, Level Level, string Plays)[] cases) =>
        new("group", new("group", "grupo"), [.. cases.Select(Case)]);

    private static Case<ScriptedFixtureFactory.Fixture> Case((string Id, Level Level, string Plays) data)
    {
        int count = 0;
        return new(data.Id, data.Level, Section.Network, new("a rule", "uma regra"), fixture =>
        {
            char play = data.Plays[Math.Min(count++, data.Plays.Length - 1)];
            fixture.Play(play);
        });
    }

    private static string Shown(CaseResult result) =>
        result.Plays is { } plays ? $"{result.Outcome} {plays.Passed}/{plays.Total}" : $"{result.Outcome}";
}
