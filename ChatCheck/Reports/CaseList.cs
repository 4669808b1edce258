using System.Text.Json.Nodes;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Reports;

/// <summary><c>--list</c>: a line for each case, or a JSON array of them.</summary>
internal static class CaseList
{
    public static void Write(IReadOnlyList<CaseInfo> cases, TextWriter output, Language language, bool asJson)
    {
        if (asJson)
        {
            string json = JsonReport.Write(new JsonArray(
            [
                .. cases.Select(one => JsonReport.Format(one.Group, one.Id, one.Level, one.Section, one.Rule, language)),
            ]));
            output.WriteLine(ReportWriter.FormatJson(json, output));
            return;
        }

        int idWidth = cases.Max(one => one.Id.Length);
        int levelWidth = cases.Max(one => LevelNames.Of(one.Level).In(language).Length);
        foreach (CaseInfo one in cases)
        {
            string level = LevelNames.Of(one.Level).In(language).PadRight(levelWidth);
            output.WriteLine($"{one.Id.PadRight(idWidth)}  {level}  {one.Rule.In(language)} ({one.Section.Name.In(language)})");
        }
    }
}
