using System.Text.Json.Nodes;
using ThreadedChat.ChatCheck.Reports;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Scores;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>The results of a submission as Gradescope reads them (<c>results.json</c>): a test for each case, with its visibility.</summary>
internal static class Gradescope
{
    private const int Digits = 4;

    private static readonly Text NotFinal = new(
        "These points are not final: the result of some part is not certain yet.", "Estes pontos não são finais: o resultado de alguma parte ainda é incerto.");

    public static string Format(SubmissionScore one, ClassScore all)
    {
        var tests = new JsonArray();
        foreach (PartScore part in one.Parts)
        {
            if (part.Cases.Count == 0 || part.Earned is null)
            {
                tests.Add((JsonNode)Whole(part, all));
                continue;
            }

            foreach (CaseScore each in part.Cases.Where(each => each.Most > 0 || each.Case.HasFailed))
            {
                tests.Add((JsonNode)Test(part, each, all));
            }
        }

        var results = new JsonObject
        {
            ["output_format"] = "text",
            ["visibility"] = "visible",
            ["stdout_visibility"] = "hidden",
            ["score"] = Round(one.Earned),
            ["tests"] = tests,
        };
        if (!one.IsComplete)
        {
            results["output"] = NotFinal.In(all.Language);
        }

        return JsonReport.Write(results);
    }

    /// <summary>A part as one test. If its result is not certain it has no points: then Gradescope shows neither "passed" nor "failed".</summary>
    private static JsonObject Whole(PartScore part, ClassScore all)
    {
        var test = new JsonObject
        {
            ["name"] = Names.OfPart(part.Result.Part).In(all.Language),
            ["output"] = $"{Names.OfState(part.Result.State).In(all.Language)}: {part.Result.Message}",
            ["visibility"] = "visible",
        };
        if (part.Earned is double earned)
        {
            test["score"] = Round(earned);
            test["max_score"] = Round(part.Most);
            test["status"] = "failed";
        }

        return test;
    }

    private static JsonObject Test(PartScore part, CaseScore each, ClassScore all)
    {
        CaseRow row = each.Case;
        return new JsonObject
        {
            ["name"] = $"{row.Id} {row.Rule}",
            ["score"] = Round(each.Earned),
            ["max_score"] = Round(each.Most),
            ["status"] = row.Outcome == "passed" ? "passed" : "failed",
            ["output"] = row.Outcome == "passed" ? "" : PlainText.Of(row, all.Settings.Show, all.Language),
            ["tags"] = new JsonArray(part.Result.Part, row.Level),
            ["visibility"] = each.IsHidden ? "hidden" : "visible",
        };
    }

    private static double Round(double number) => Math.Round(number, Digits, MidpointRounding.AwayFromZero);
}
