using System.Text.Json.Nodes;
using System.Xml.Linq;
using ThreadedChat.ChatCheck.Reports;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Check;

[TestClass]
public sealed class ReportTests
{
    private static readonly List<CaseResult> Results =
    [
        Result("one", "A-01", Level.Required, CaseOutcome.Passed),
        Result("one", "A-02", Level.Required, CaseOutcome.Failed),
        Result("one", "A-03", Level.Robust, CaseOutcome.Failed),
        Result("two", "B-01", Level.Ours, CaseOutcome.Failed),
        Result("two", "B-02", Level.Ours, CaseOutcome.Skipped),
    ];

    [TestMethod]
    public void The_score_counts_the_checked_cases_and_passes_only_if_all_required_cases_pass()
    {
        var score = new Score(Results);

        Assert.AreEqual((1, 2), (score.Passed(Level.Required), score.Total(Level.Required)));
        Assert.AreEqual((0, 1), (score.Passed(Level.Robust), score.Total(Level.Robust)));
        Assert.AreEqual((0, 1), (score.Passed(Level.Ours), score.Total(Level.Ours)));
        Assert.IsFalse(score.IsPassed);
        Assert.IsTrue(new Score([.. Results.Where(result => result.Id != "A-02")]).IsPassed);
    }

    [TestMethod]
    public void The_JUnit_report_has_counts_and_failures_and_a_case_that_does_not_count_never_fails()
    {
        XElement suites = XDocument.Parse(JUnitReport.Format(Results, Language.English)).Root!;

        Assert.AreEqual("testsuites", suites.Name.LocalName);
        Assert.AreEqual("5 2 0 2", Counts(suites));
        Assert.AreEqual("3 2 0 0, 2 0 0 2", string.Join(", ", suites.Elements("testsuite").Select(Counts)));
        XElement[] failures = [.. suites.Descendants("failure")];
        Assert.AreEqual("required robust", string.Join(' ', failures.Select(one => one.Attribute("type")!.Value)));
        Assert.AreEqual("wrong", failures[0].Attribute("message")!.Value);
        Assert.Contains(@"received: \x1B", failures[0].Value);
        Assert.Contains("Ana → /list·×195", failures[0].Value);
        Assert.AreEqual("wrong reason", string.Join(' ', suites.Descendants("skipped").Select(one => one.Attribute("message")!.Value)));
        Assert.AreEqual("A-01 rule of A-01", suites.Descendants("testcase").First().Attribute("name")!.Value);
    }

    [TestMethod]
    public void The_JSON_report_has_counts_and_every_detail_of_a_case()
    {
        JsonNode report = JsonNode.Parse(JsonReport.Format(Results, new Score(Results), Language.Portuguese))!;

        Assert.IsFalse(report["passed"]!.GetValue<bool>());
        Assert.AreEqual(1, report["score"]!["required"]!["passed"]!.GetValue<int>());
        Assert.AreEqual(2, report["score"]!["required"]!["total"]!.GetValue<int>());
        JsonArray cases = report["cases"]!.AsArray();
        Assert.AreEqual(
            "passed failed failed failed skipped", string.Join(' ', cases.Select(one => one!["outcome"]!.GetValue<string>())));
        JsonNode failed = cases[1]!;
        Assert.AreEqual("errado", failed["finding"]!["what"]!.GetValue<string>());
        Assert.AreEqual("Ana → /list·×195", failed["finding"]!["sent"]!.GetValue<string>());
        Assert.AreEqual("expected", failed["finding"]!["expected"]!.GetValue<string>());
        Assert.HasCount(1, failed["transcript"]!.AsArray());
        Assert.AreEqual("motivo", cases[4]!["reason"]!.GetValue<string>());
        Assert.IsNull(cases[0]!["finding"]);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_table_marks_every_case_and_explains_each_failure(bool useColours)
    {
        var output = new StringWriter();
        var table = new TableReport(output, Language.English, useColours, isVerbose: false);

        Results.ForEach(table.Add);
        table.End(new Score(Results));

        string text = output.ToString();
        Assert.AreEqual(useColours, text.Contains('\u001b', StringComparison.Ordinal));
        if (!useColours)
        {
            Assert.Contains("  ✓ A-01        required  rule of A-01", text);
            Assert.Contains("  ✗ A-02        required  rule of A-02", text);
            Assert.Contains("  ≠ B-01        ours      rule of B-01", text);
            Assert.Contains("  – B-02        ours      rule of B-02", text);
            Assert.Contains("      sent: Ana → /list·×195", text);
            Assert.Contains("required 1/2   robust 0/1   ours 0/1 (not counted)", text);
        }
    }

    [TestMethod]
    public void A_case_that_passes_only_sometimes_is_in_every_report_with_its_count_and_has_not_passed()
    {
        CaseResult result = Result("one", "A-01", Level.Required, CaseOutcome.Failed) with
        {
            Outcome = CaseOutcome.NotAlways,
            Plays = new CaseResult.Count(2, 3),
        };
        var score = new Score([result]);
        var output = new StringWriter();
        var table = new TableReport(output, Language.Portuguese, useColours: false, isVerbose: false);
        table.Add(result);
        table.Add(result with { IsSecondLook = true });
        table.End(score);

        JsonNode json = JsonNode.Parse(JsonReport.Format([result], score, Language.English))!["cases"]![0]!;
        XElement suites = XDocument.Parse(JUnitReport.Format([result], Language.English)).Root!;

        Assert.IsFalse(score.IsPassed);
        Assert.AreEqual((0, 1, 1), (score.Passed(Level.Required), score.Total(Level.Required), score.NotAlways(Level.Required)));
        Assert.AreEqual("not-always", json["outcome"]!.GetValue<string>());
        Assert.AreEqual((2, 3), (json["plays"]!["passed"]!.GetValue<int>(), json["plays"]!["total"]!.GetValue<int>()));
        Assert.AreEqual("1 1 0 0", Counts(suites));
        Assert.AreEqual("required", suites.Descendants("failure").Single().Attribute("type")!.Value);
        Assert.Contains("  ~ A-01        obrigatório  regra de A-01", $"{output}");
        Assert.Contains("Executados de novo no fim", $"{output}");
        Assert.Contains("obrigatório 0/1 (nem sempre 1)   robusto 0/0   nosso 0/0 (não conta)", $"{output}");
    }

    private static string Counts(XElement element)
    {
        string Count(string name) => element.Attribute(name)!.Value;
        return $"{Count("tests")} {Count("failures")} {Count("errors")} {Count("skipped")}";
    }

    private static CaseResult Result(string group, string id, Level level, CaseOutcome outcome)
    {
        var transcript = new Transcript();
        transcript.Add("Ana", Transcript.Direction.Sent, WireFrame.Encode("/list"));
        return new CaseResult(group, new("group", "grupo"), id, level, Section.Network, new($"rule of {id}", $"regra de {id}"), transcript)
        {
            Outcome = outcome,
            Finding = outcome == CaseOutcome.Failed ? new Finding(new("wrong", "errado"), "expected", @"\x1B") : null,
            Reason = outcome == CaseOutcome.Skipped ? new("reason", "motivo") : null,
        };
    }
}
