using System.Text.Json.Nodes;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Reports;

/// <summary><c>--list</c>: the cases themselves.</summary>
internal static class CaseList
{
    /// <summary>Writes a line for each case, or with <paramref name="asJson"/> an array of them.</summary>
    public static void Write<TStage>(IReadOnlyList<CaseGroup<TStage>> groups, TextWriter output, Language language, bool asJson)
    {
        var cases = groups.SelectMany(group => group.Cases.Select(one => (Group: group.Id, Case: one))).ToList();
        if (asJson)
        {
            string json = JsonReport.Write(new JsonArray(
            [
                .. cases.Select(one => JsonReport.Format(one.Group, one.Case.Id, one.Case.Level, one.Case.Section, one.Case.Rule, language)),
            ]));
            output.WriteLine(ReportWriter.FormatJson(json, output));
            return;
        }

        int idWidth = cases.Max(one => one.Case.Id.Length);
        int levelWidth = cases.Max(one => LevelNames.Of(one.Case.Level).In(language).Length);
        foreach ((_, Case<TStage> one) in cases)
        {
            string level = LevelNames.Of(one.Level).In(language).PadRight(levelWidth);
            output.WriteLine($"{one.Id.PadRight(idWidth)}  {level}  {one.Rule.In(language)} ({one.Section.Name.In(language)})");
        }
    }
}
