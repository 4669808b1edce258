using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Scores;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>The table at the terminal: a line for each submission.</summary>
internal static class ClassTable
{
    private static readonly Text Submission = new("submission", "entrega");
    private static readonly Text Points = new("points", "pontos");

    public static void Write(ClassScore all, TextWriter output)
    {
        string[] parts = [.. all.Submissions.SelectMany(one => one.Parts).Select(part => part.Result.Part).Distinct()];
        string[] head = [Submission.In(all.Language), .. parts.Select(part => Names.OfPart(part).In(all.Language)), Points.In(all.Language)];
        List<string[]> rows = [head, .. all.Submissions.Select(one => Row(one, parts, all.Language))];
        int[] widths = [.. Enumerable.Range(0, head.Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        foreach (Text remark in all.Remarks)
        {
            output.WriteLine();
            output.WriteLine(remark.In(all.Language));
        }
    }

    private static string[] Row(SubmissionScore one, string[] parts, Language language) =>
    [
        one.Name,
        .. parts.Select(name => one.Parts.FirstOrDefault(part => part.Result.Part == name) is PartScore part ? Cell(part, language) : "-"),
        $"{Names.PointsOf(one, language)} / {Names.Points(one.Most, language)}",
    ];

    private static string Cell(PartScore part, Language language) => part.Result.State == PartState.Checked
        ? $"{Counts(part, "required")}  {Counts(part, "robust")}"
        : Names.OfState(part.Result.State).In(language);

    private static string Counts(PartScore part, string level) => $"{part.Passed(level)}/{part.Total(level)}";
}
