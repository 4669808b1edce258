using System.Text.Json.Nodes;
using ThreadedChat.ChatCheck.Reports;
using ThreadedChat.ChatGrade.Scores;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>
/// The results of a submission as the reporter of GitHub Classroom reads them, before they are put into Base64: points are whole
/// numbers there, so a part is a test.
/// </summary>
internal static class GitHubClassroom
{
    public static string Format(SubmissionScore one, ClassScore all)
    {
        var tests = new JsonArray();
        foreach (PartScore part in one.Parts)
        {
            tests.Add((JsonNode)new JsonObject
            {
                ["name"] = Names.OfPart(part.Result.Part).In(all.Language),
                ["status"] = part.Earned is null ? "error" : part.Earned >= part.Most ? "pass" : "fail",
                ["score"] = Whole(part.Earned ?? 0),
                ["max_score"] = Whole(part.Most),
                ["message"] = part.Result.Message.Length > 0
                    ? part.Result.Message
                    : string.Join('\n', part.OwnFailures.Where(each => !each.IsHidden).Select(each => $"{each.Case.Id} {each.Case.Rule}")),
            });
        }

        bool isPassed = one.IsComplete && one.Earned >= one.Most;
        return JsonReport.Write(new JsonObject
        {
            ["version"] = 1,
            ["status"] = isPassed ? "pass" : one.IsComplete ? "fail" : "error",
            ["max_score"] = Whole(one.Most),
            ["tests"] = tests,
        });
    }

    private static int Whole(double points) => (int)Math.Floor(points + 1e-9);
}
