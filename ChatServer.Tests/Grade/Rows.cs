using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Reports;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Scores;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatServer.Tests.Grade;

/// <summary>Results of cases that a test makes up.</summary>
internal static class Rows
{
    public static CaseRow Row(string id, string outcome, string level = "required", string? follows = null, string? came = null) => new()
    {
        Id = id,
        Group = "group",
        Level = level,
        Rule = $"Rule of {id}",
        Section = "the assignment, part 1",
        Outcome = outcome,
        Follows = follows,
        What = outcome is "failed" or "not-always" ? "Bob received a different message." : null,
        Expected = outcome == "failed" ? "[Ana] <b>hello</b>" : null,
        Came = came,
        Passed = 1,
        Plays = 3,
        Transcript = ["Ana → Ana·×197", "Ana → /fence-1-·×191", "Ana ← /fence-1- is not valid", "Bob → (reset)", "keyboard → hello\\r", "keyboard → (Ctrl-D)"],
    };

    public static PartResult Checked(params CaseRow[] rows) => new(AllSuites.Server.Name, PartState.Checked, "", rows);

    public static ClassScore Class(ClassSettings settings, params (string Name, PartResult Part)[] all) => new(
        "Class <1>", settings, [.. all.Select(one => SubmissionScore.Of(new SubmissionResult(one.Name, [one.Part]), settings))], [], [new Text("A remark.", "Uma nota.")]);
}
