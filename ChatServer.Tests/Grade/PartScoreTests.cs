using ThreadedChat.ChatGrade.Analysis;
using ThreadedChat.ChatGrade.Reports;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Scores;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatServer.Tests.Grade;

/// <summary>From results to points. A server has 50 points by default.</summary>
[TestClass]
public sealed class PartScoreTests
{
    private static readonly PartResult Mixed = Rows.Checked(
        Rows.Row("S-MSG-01", "passed"),
        Rows.Row("S-MSG-02", "failed"),
        Rows.Row("S-MSG-07", "failed", follows: "S-MSG-02"),
        Rows.Row("S-NET-07", "passed", "robust"),
        Rows.Row("S-NET-08", "not-always", "robust"),
        Rows.Row("S-MSG-11", "failed", "ours"),
        Rows.Row("S-LIST-01", "skipped", "ours"));

    [TestMethod]
    [DataRow("", 25.0)] // weights 1, 1, 0.25, 0.25: passed 1.25 of 2.5
    [DataRow("[weights]\nnot_always = 1", 30.0)]
    [DataRow("[weights]\nfollows = \"count\"", 17.86)]
    [DataRow("[case.S-MSG-02]\ncounts = false", 41.67)]
    [DataRow("[case.S-MSG-02]\nweight = 3.5", 12.5)]
    [DataRow("[weights]\nours = 2.5", 12.5)]
    [DataRow("[points]\nserver = 100", 50.0)]
    [DataRow("[case.S-MSG-01]\npoints = 5", 12.5)] // 5, and 0.25 of 1.5 of the other 45
    [DataRow("[case.S-MSG-02]\npoints = 20", 25.0)] // 30 are left: 1.25 of 1.5
    [DataRow("[case.S-MSG-02]\npoints = 80", 0.0)] // more than there are
    [DataRow("[case.S-MSG-07]\npoints = 20", 25.0)] // it follows, and is left out
    [DataRow("[points.server]\nrequired = 40\nrobust = 10", 25.0)] // half of the cases of each level
    [DataRow("[points.server]\nrequired = 30\nrobust = 10\n[weights]\nnot_always = 1", 25.0)]
    [DataRow("[points.server]\nrequired = 30\nrobust = 10\nours = 10", 20.0)] // the one of ours fails
    [DataRow("[points.server]\nrequired = 30\nours = 10\n[case.S-MSG-11]\ncounts = false", 20.0)] // their points go to the others
    [DataRow("[points.server]\nrequired = 40\nrobust = 10\n[case.S-NET-07]\npoints = 8", 28.0)]
    public void The_points_of_a_part_are_shared_out_by_weight(string settings, double expected)
    {
        Assert.AreEqual(expected, PartScore.Of(Mixed, SettingsFile.Parse(settings)).Earned!.Value, 0.005);
    }

    [TestMethod]
    public void A_program_that_passes_no_case_earns_nothing()
    {
        PartResult dead = Rows.Checked(Rows.Row("S-NAME-01", "failed"), Rows.Row("S-MSG-01", "failed", follows: "S-NAME-01"));

        Assert.AreEqual(0.0, PartScore.Of(dead, new ClassSettings()).Earned);
    }

    [TestMethod]
    [DataRow("NotBuilt", true)]
    [DataRow("NotStarted", true)]
    [DataRow("NotFound", false)]
    [DataRow("NoLanguage", false)]
    [DataRow("Unknown", false)]
    [DataRow("Pending", false)]
    public void An_uncertain_result_has_no_score_instead_of_zero(string state, bool isCertain)
    {
        PartScore part = PartScore.Of(PartResult.Without("server", Enum.Parse<PartState>(state), "why"), new ClassSettings());

        Assert.AreEqual(isCertain ? 0.0 : (double?)null, part.Earned);
        Assert.AreEqual(isCertain, new SubmissionScore("ana", [part]).IsComplete);
    }

    [TestMethod]
    [DataRow("", null)]
    [DataRow("[class]\nmissing = \"ask\"", null)]
    [DataRow("[class]\nmissing = \"zero\"", 0.0)]
    public void A_part_that_was_not_found_has_no_grade_or_0_points_as_the_settings_say(string settings, double? expected)
    {
        Assert.AreEqual(expected, PartScore.Of(PartResult.Without("server", PartState.NotFound, "why"), SettingsFile.Parse(settings)).Earned);
    }

    [TestMethod]
    public void A_rule_that_fails_only_because_of_another_is_not_counted_for_the_class()
    {
        ClassScore all = Rows.Class(new ClassSettings(), ("a", Mixed), ("b", Mixed));

        Assert.AreEqual(
            "S-MSG-02 2/2, S-NET-08 2/2", string.Join(", ", RuleFailures.Find(all.Submissions).Select(rule => $"{rule.Id} {rule.Count}/{rule.Of}")));
    }

    [TestMethod]
    public void Submissions_that_fail_with_the_same_bytes_are_found_unless_most_do()
    {
        PartResult Strange(string came) => Rows.Checked(Rows.Row("S-MSG-02", "failed", came: came));
        ClassScore all = Rows.Class(
            new ClassSettings(), [("a", Strange("zz")), ("b", Strange("zz")), .. Enumerable.Range(0, 6).Select(i => ($"c{i}", Strange("usual")))]);

        Assert.AreEqual("a b zz", string.Join(", ", StrangeFailure.Find(all.Submissions).Select(one => $"{string.Join(' ', one.Names)} {one.Came}")));
    }
}
