using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Scores;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>Tables for other programs.</summary>
internal static partial class CsvReports
{
    /// <summary>A line for each submission: points of each part, counts of cases, remarks.</summary>
    public static string Class(ClassScore all)
    {
        string[] parts = [.. all.Submissions.SelectMany(one => one.Parts).Select(part => part.Result.Part).Distinct()];
        var csv = new StringBuilder();
        csv.Append(Line(["submission", "points", "max_points", "complete", .. parts.SelectMany(part => (string[])[$"{part}_points", $"{part}_required", $"{part}_robust", $"{part}_state"])]));
        foreach (SubmissionScore one in all.Submissions)
        {
            csv.Append(Line(
            [
                one.Name, Number(one.Earned), Number(one.Most), one.IsComplete ? "yes" : "no",
                .. parts.SelectMany(name => one.Parts.FirstOrDefault(part => part.Result.Part == name) is PartScore part
                    ? [part.Earned is double earned ? Number(earned) : "", Counts(part, "required"), Counts(part, "robust"), $"{part.Result.State}"]
                    : (string[])["", "", "", ""]),
            ]));
        }

        return csv.ToString();
    }

    /// <summary>
    /// A worksheet as Moodle imports it. Folders of a Moodle download are named <c>Full Name_NUMBER_assignsubmission_file</c>; others
    /// have their name as identifier. A submission whose points are not certain has no grade.
    /// </summary>
    public static string Moodle(ClassScore all)
    {
        var csv = new StringBuilder(Line(["Identifier", "Full name", "Grade", "Maximum grade", "Feedback comments"]));
        foreach (SubmissionScore one in all.Submissions)
        {
            Match moodle = MoodleFolder().Match(one.Name);
            string feedback = string.Join("; ", one.Parts.Select(part =>
                $"{Names.OfPart(part.Result.Part).In(all.Language)}: {Names.PointsOf(part, all.Language)} / {Names.Points(part.Most, all.Language)}"));
            csv.Append(Line(
            [
                moodle.Success ? $"{new Text("Participant", "Participante").In(all.Language)} {moodle.Groups[2].Value}" : one.Name,
                moodle.Success ? moodle.Groups[1].Value : one.Name,
                one.IsComplete ? Number(one.Earned) : "",
                Number(one.Most),
                feedback,
            ]));
        }

        return csv.ToString();
    }

    private static string Counts(PartScore part, string level) => part.Cases.Count == 0 ? "" : $"{part.Passed(level)}/{part.Total(level)}";

    private static string Number(double number) => Math.Round(number, 2, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string> cells) => $"{string.Join(',', cells.Select(Cell))}\n";

    /// <summary>A cell that a spreadsheet does not take for a formula: names of folders are the students' own.</summary>
    private static string Cell(string text)
    {
        string plain = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' && text.Length > 1 ? $"'{text}" : text;
        return plain.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : plain;
    }

    [GeneratedRegex("^(.+)_([0-9]+)_assignsubmission_")]
    private static partial Regex MoodleFolder();
}
