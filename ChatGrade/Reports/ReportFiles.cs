using System.Text;
using ThreadedChat.ChatGrade.Scores;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>Writes all reports of a class into a folder.</summary>
internal static class ReportFiles
{
    /// <summary>The page to begin with.</summary>
    public const string Index = "index.html";

    private const string Pages = "submissions";

    /// <summary>Excel takes a file without a byte order mark for one in an old encoding. Moodle drops the mark.</summary>
    private static readonly Encoding ForSpreadsheets = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);

    /// <summary>Writes them; reports of submissions that there are no longer are removed.</summary>
    public static void Write(ClassScore all, string folder)
    {
        foreach (string old in new[] { Pages, "gradescope", "github-classroom" })
        {
            string path = Path.Combine(folder, old);
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }

            Directory.CreateDirectory(path);
        }

        Put(folder, Index, new ClassPage(all, name => $"{Pages}/{Uri.EscapeDataString(name)}.html").Format());
        Put(folder, "grades.csv", CsvReports.Class(all), ForSpreadsheets);
        Put(folder, "moodle.csv", CsvReports.Moodle(all), ForSpreadsheets);
        Put(folder, "junit.xml", ClassJUnit.Format(all));
        foreach (SubmissionScore one in all.Submissions)
        {
            Put(folder, $"{Pages}/{one.Name}.html", new SubmissionPage(one, all).Format());
            Put(folder, $"gradescope/{one.Name}.json", Gradescope.Format(one, all));
            Put(folder, $"github-classroom/{one.Name}.json", GitHubClassroom.Format(one, all));
        }
    }

    private static void Put(string folder, string name, string text, Encoding? encoding = null) =>
        File.WriteAllText(Path.Combine(folder, name), text, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
