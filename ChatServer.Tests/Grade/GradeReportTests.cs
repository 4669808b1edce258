using System.Text.Json.Nodes;
using System.Xml.Linq;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatGrade.Reports;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatServer.Tests.Grade;

/// <summary>The reports of a class.</summary>
[TestClass]
public sealed class GradeReportTests
{
    private static readonly PartResult Part = Rows.Checked(
        Rows.Row("S-MSG-01", "failed", came: "<script>alert(1)</script>"),
        Rows.Row("S-MSG-02", "passed"),
        Rows.Row("S-MSG-07", "failed", follows: "S-MSG-01"),
        Rows.Row("S-NET-07", "failed", "robust", came: "\u0001bad"));

    private static readonly ClassSettings Settings = SettingsFile.Parse("[case.S-NET-07]\nhidden = true");

    [TestMethod]
    public void A_student_page_has_the_steps_the_expected_and_the_received_text_and_where_to_look()
    {
        ClassScore all = Rows.Class(Settings, ("ana", Part));

        string page = new SubmissionPage(all.Submissions[0], all).Format();

        foreach (string expected in new[]
        {
            "<code>Ana sends: Ana</code>", "<code>Bob: reset</code>", "<code>The user types: hello\\r</code>", "<code>The user: Ctrl-D</code>", "Bob received a different message.",
            "[Ana] &lt;b&gt;hello&lt;/b&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;", "the assignment, part 1",
            Html.Escape(Advice.For(Part.Cases[0]).English), "S-MSG-01: fix that first. This case costs no points.", "Cases that are not shown: 1",
        })
        {
            Assert.Contains(expected, page);
        }

        Assert.DoesNotContain("fence", page);
        Assert.DoesNotContain("S-NET-07", page);
        Assert.DoesNotContain("<script", page);
    }

    [TestMethod]
    public void Tables_for_spreadsheets_say_that_they_are_UTF_8()
    {
        using var folder = new ClassFolder();
        Directory.CreateDirectory(folder.Reports);

        ReportFiles.Write(Rows.Class(Settings, ("Ana Müller", Part)), folder.Reports);

        foreach (string name in new[] { "grades.csv", "moodle.csv" })
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(folder.Reports, name));
            Assert.AreEqual("EF-BB-BF", BitConverter.ToString(bytes, 0, 3));
            Assert.Contains("Ana Müller", System.Text.Encoding.UTF8.GetString(bytes));
        }
    }

    [TestMethod]
    public void Cases_that_were_not_run_because_nothing_works_are_one_line()
    {
        CaseRow[] notRun = [.. Enumerable.Range(2, 2).Select(number => Rows.Row($"S-MSG-0{number}", "failed", follows: "S-MSG-01") with { Transcript = [] })];
        ClassScore all = Rows.Class(Settings, ("ana", Rows.Checked([Rows.Row("S-MSG-01", "failed"), .. notRun])));

        string page = new SubmissionPage(all.Submissions[0], all).Format();

        Assert.Contains("Not run, because nothing can work before this is fixed: S-MSG-02, S-MSG-03.", page);
        Assert.AreEqual(2, page.Split("<article").Length);
    }

    [TestMethod]
    public void A_case_that_the_assignment_leaves_open_does_not_look_like_a_failure()
    {
        ClassScore all = Rows.Class(Settings, ("ana", Rows.Checked(Rows.Row("S-MSG-11", "failed", "ours", came: "x"), Rows.Row("S-MSG-02", "passed"))));

        string page = new SubmissionPage(all.Submissions[0], all).Format();

        Assert.Contains("done in another way", page);
        Assert.Contains("the assignment leaves it open", page);
        Assert.DoesNotContain("<article", page);
    }

    [TestMethod]
    public void A_student_is_told_why_a_case_says_nothing()
    {
        CaseRow row = Rows.Row("S-NET-06", "skipped", "robust") with { Reason = "The server is too slow." };
        ClassScore all = Rows.Class(Settings, ("ana", Rows.Checked(row, Rows.Row("S-MSG-02", "passed"))));

        string page = new SubmissionPage(all.Submissions[0], all).Format();

        Assert.Contains("The server is too slow.</td><td class=\"number\">-</td>", page);
        Assert.DoesNotContain("<article", page);
    }

    [TestMethod]
    public void A_question_of_the_checker_is_explained_and_repeated_lines_appear_once()
    {
        CaseRow row = Rows.Row("S-NET-06", "failed") with
        {
            Expected = "/fence-7- is not a valid control message.",
            Transcript = ["Carla → (stops reading)", "Ana → blah·×196", "Ana → blah·×196", "Ana → blah·×196", "Bob → hi·×198", "Ana → /join fence-2-·×186"],
        };

        string text = PlainText.Of(row, Detail.All, Language.English);

        Assert.Contains("Carla: stops reading\n  Ana sends: blah (× 3)\n  Bob sends: hi\n", text);
        Assert.Contains("the checker sends a command that does not exist", text);
        Assert.DoesNotContain("fence", text);
    }

    [TestMethod]
    public void A_step_that_sends_only_padding_says_so()
    {
        CaseRow row = Rows.Row("S-MSG-10", "failed") with { Transcript = ["Ana → ·×200", "Ana → still here·×190"] };

        Assert.Contains("\n  Ana sends: (spaces only)\n  Ana sends: still here\n", PlainText.Of(row, Detail.All, Language.English));
        Assert.Contains("\n  Ana envia: (só espaços)\n", PlainText.Of(row, Detail.All, Language.Portuguese));
    }

    [TestMethod]
    [DataRow("rule", false, false)]
    [DataRow("finding", true, false)]
    [DataRow("all", true, true)]
    public void The_settings_decide_how_much_a_student_sees(string show, bool hasFinding, bool hasSteps)
    {
        ClassScore all = Rows.Class(SettingsFile.Parse($"[class]\nshow = \"{show}\""), ("ana", Part));

        foreach (string report in new[] { new SubmissionPage(all.Submissions[0], all).Format(), Gradescope.Format(all.Submissions[0], all) })
        {
            Assert.AreEqual((hasFinding, hasSteps), (report.Contains("Bob received", StringComparison.Ordinal), report.Contains("Ana sends", StringComparison.Ordinal)));
        }
    }

    [TestMethod]
    public void The_page_of_the_class_needs_no_other_file_and_can_be_sorted()
    {
        ClassScore all = Rows.Class(Settings, ("ana", Part), ("b <i>", Part));

        string page = new ClassPage(all, name => $"submissions/{Uri.EscapeDataString(name)}.html").Format();

        Assert.Contains("<title>Class &lt;1&gt;</title>", page);
        Assert.Contains("<th><button", page);
        Assert.Contains("<ul class=\"bars\">", page);
        Assert.Contains("href=\"submissions/b%20%3Ci%3E.html\"", page);
        Assert.DoesNotContain("src=", page);
        Assert.DoesNotContain("<link", page);
        Assert.DoesNotContain("@import", page);
    }

    [TestMethod]
    public void Pages_are_in_Portuguese_if_the_settings_say_so()
    {
        ClassScore all = Rows.Class(SettingsFile.Parse("[class]\nlanguage = \"pt-BR\""), ("ana", Part));

        Assert.Contains("Onde olhar primeiro", new SubmissionPage(all.Submissions[0], all).Format());
        Assert.Contains("Regras em que a turma mais falha", new ClassPage(all, name => name).Format());
    }

    [TestMethod]
    [DataRow("en", "22.22 / 50")]
    [DataRow("pt-BR", "22,22 / 50")]
    public void Points_have_the_decimal_sign_of_the_language(string language, string expected)
    {
        ClassScore all = Rows.Class(SettingsFile.Parse($"[class]\nlanguage = \"{language}\""), ("ana", Part));
        var table = new StringWriter();
        ClassTable.Write(all, table);

        Assert.Contains(expected, table.ToString());
        Assert.Contains($"<td class=\"number\" data-key=\"22.2222\">{expected}</td>", new ClassPage(all, name => name).Format());
        Assert.Contains($": {expected}</h2>", new SubmissionPage(all.Submissions[0], all).Format());
        Assert.Contains(expected, CsvReports.Moodle(all));
    }

    [TestMethod]
    public void There_is_advice_for_every_case_in_both_languages()
    {
        foreach (CaseInfo one in AllSuites.List.SelectMany(suite => suite.Cases))
        {
            Text advice = Advice.For(Rows.Row(one.Id, "failed"));
            Assert.AreNotEqual(advice.English, advice.Portuguese, one.Id);
        }
    }

    [TestMethod]
    [DataRow("server", "NotStarted", "with a port as its only argument")]
    [DataRow("basic-client", "NotStarted", "while a server listens")]
    [DataRow("server", "NotBuilt", "Run the build command yourself")]
    [DataRow("server", "NoLanguage", null)]
    public void The_report_says_where_to_look_if_a_part_does_not_start(string part, string state, string? advice)
    {
        ClassScore all = Rows.Class(Settings, ("ana", PartResult.Without(part, Enum.Parse<PartState>(state), "why")));

        string page = new SubmissionPage(all.Submissions[0], all).Format();

        Assert.AreEqual(advice is not null, page.Contains("Where to look first", StringComparison.Ordinal));
        Assert.Contains(advice ?? "why", page);
    }

    [TestMethod]
    public void The_report_names_the_clients_of_the_checker()
    {
        ClassScore all = Rows.Class(Settings, ("ana", Part));

        Assert.Contains("Ana, Bob and the others are clients of the checker", new SubmissionPage(all.Submissions[0], all).Format());
    }

    [TestMethod]
    [DataRow("Ana", "The server closed the connection to Ana.", "O servidor fechou a conexão com Ana.")]
    [DataRow(Findings.ServerOfChecker, "The client closed the connection to the server.", "O cliente fechou a conexão com o servidor.")]
    public void A_finding_names_the_program_of_the_student_as_what_it_is(string who, string english, string portuguese)
    {
        Text what = Findings.Closed(who, expected: null).Finding.What;

        Assert.AreEqual((english, portuguese), (what.English, what.Portuguese));
    }

    [TestMethod]
    public void A_table_for_a_spreadsheet_contains_no_formulas()
    {
        string csv = CsvReports.Class(Rows.Class(Settings, ("=1+1,\"x\"", Part)));

        Assert.Contains("\n\"'=1+1,\"\"x\"\"\",", csv);
    }

    [TestMethod]
    public void Moodle_gets_the_number_of_the_participant_and_no_grade_that_is_not_certain()
    {
        string csv = CsvReports.Moodle(Rows.Class(
            Settings, ("Ana Luz_4711_assignsubmission_file", Part), ("bob", PartResult.Without("server", PartState.NotFound, "why"))));

        string[] lines = csv.Split('\n');
        Assert.StartsWith("Participant 4711,Ana Luz,", lines[1]);
        Assert.StartsWith("bob,bob,,50,", lines[2]);
    }

    [TestMethod]
    public void JUnit_has_a_suite_for_each_part_and_no_failure_for_what_follows()
    {
        XElement root = XDocument.Parse(ClassJUnit.Format(Rows.Class(Settings, ("ana", Part), ("bob", PartResult.Without("server", PartState.NotFound, "why"))))).Root!;

        Assert.AreEqual("ana/server 4 2 1, bob/server 1 0 1", string.Join(", ", root.Elements().Select(suite =>
            $"{suite.Attribute("name")!.Value} {suite.Attribute("tests")!.Value} {suite.Attribute("failures")!.Value} {suite.Attribute("skipped")!.Value}")));
    }

    [TestMethod]
    public void Gradescope_gets_a_test_for_each_case_with_its_visibility_and_the_sum_is_the_score()
    {
        ClassScore all = Rows.Class(Settings, ("ana", Part));

        JsonNode json = JsonNode.Parse(Gradescope.Format(all.Submissions[0], all))!;
        JsonArray tests = json["tests"]!.AsArray();

        Assert.AreEqual(json["score"]!.GetValue<double>(), tests.Sum(test => test!["score"]!.GetValue<double>()), 0.001);
        Assert.AreEqual(50, tests.Sum(test => test!["max_score"]!.GetValue<double>()), 0.001);
        Assert.AreEqual("visible visible visible hidden", string.Join(' ', tests.Select(test => test!["visibility"]!.GetValue<string>())));
    }

    [TestMethod]
    [DataRow("NotStarted", false, true)]
    [DataRow("NotFound", false, false)]
    [DataRow("NoLanguage", false, false)]
    [DataRow("Unknown", false, false)]
    [DataRow("Unknown", true, false)]
    public void A_part_whose_result_is_not_certain_has_no_points_at_Gradescope(string state, bool hasCases, bool isCertain)
    {
        PartResult part = PartResult.Without("server", Enum.Parse<PartState>(state), "why") with { Cases = hasCases ? Part.Cases : [] };
        ClassScore all = Rows.Class(Settings, ("ana", part));

        JsonNode json = JsonNode.Parse(Gradescope.Format(all.Submissions[0], all))!;
        JsonObject test = json["tests"]!.AsArray().Single()!.AsObject();

        Assert.AreEqual((isCertain, isCertain, isCertain), (test.ContainsKey("score"), test.ContainsKey("max_score"), test.ContainsKey("status")));
        Assert.Contains("why", test["output"]!.GetValue<string>());
        Assert.AreEqual(isCertain, json["output"] is null);
    }

    [TestMethod]
    public void GitHub_Classroom_gets_whole_points_for_each_part()
    {
        ClassScore all = Rows.Class(Settings, ("ana", Part));

        JsonNode json = JsonNode.Parse(GitHubClassroom.Format(all.Submissions[0], all))!;

        Assert.AreEqual((50, 22, "fail"), (json["max_score"]!.GetValue<int>(), json["tests"]![0]!["score"]!.GetValue<int>(), json["status"]!.GetValue<string>()));
    }

    [TestMethod]
    [DataRow("listens on 127.0.0.1:34567 instead", "listens on 127.0.0.1:N instead")]
    [DataRow("listen on port 23456 within 15 s", "listen on port N within 15 s")]
    [DataRow("porta 23456 em", "porta N em")]
    [DataRow("Server at ('127.0.0.1', 33493) has disconnected", "Server at ('127.0.0.1', N) has disconnected")]
    [DataRow("{\"host\": \"localhost\", \"port\": 33493}", "{\"host\": \"localhost\", \"port\": N}")]
    [DataRow("<socket object at 0x7f3a2b4c>", "<socket object at 0x…>")]
    [DataRow("/fence-17- is not a valid control message", "/fence-N- is not a valid control message")]
    [DataRow("Ana → /join·fence-3-·×183", "Ana → /join·fence-N-·×183")]
    [DataRow("received 200 bytes", "received 200 bytes")]
    [DataRow("not within 15 s. (If it needs more than 15 s to start, use --start-timeout.) It ended.", "not within 15 s. It ended.")]
    [DataRow("(nothing) (Se ele precisa de mais de 15 s para iniciar, use --start-timeout.)", "(nothing)")]
    public void Numbers_that_differ_from_run_to_run_are_taken_out(string text, string expected)
    {
        Assert.AreEqual(expected, CheckerReport.Steady(text));
    }
}
