using System.Globalization;
using System.Text.RegularExpressions;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatGrade.Running;
using ThreadedChat.ChatGrade.Submissions;

namespace ThreadedChat.ChatGrade.Analysis;

/// <summary>
/// Which submissions look alike, found by <c>sim</c> (the package similarity-tester of Debian), which compares tokens and needs no
/// network. It is no proof: all that begin with the same given code look alike.
/// </summary>
internal static partial class Similarity
{
    private const int Least = 60;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // The lexer for C does for all languages with names, numbers, signs and texts in quotes: a copy with other names is found.
    private static readonly (string Tool, string[] Endings)[] Tools =
    [
        ("sim_c", [".py"]),
        ("sim_c", [".js", ".mjs", ".cjs"]),
        ("sim_c", [".c", ".h"]),
        ("sim_c++", [".cc", ".cpp", ".cxx", ".hpp"]),
        ("sim_c", [".go"]),
        ("sim_c", [".rs"]),
        ("sim_java", [".java"]),
        ("sim_java", [".cs"]),
    ];

    /// <summary>Whether the tool is there.</summary>
    public static bool IsAvailable => ProgramFiles.Find("sim_c") is not null;

    /// <summary>The pairs that look alike, the most alike first; none if the tool is missing.</summary>
    /// <param name="submissions">All submissions.</param>
    /// <param name="folder">An empty folder, for what the tool reads.</param>
    /// <param name="stop">As soon as this is set the comparison ends.</param>
    public static IReadOnlyList<SimilarPair> Find(IReadOnlyList<Submission> submissions, string folder, CancellationToken stop)
    {
        if (!IsAvailable)
        {
            return [];
        }

        return
        [
            .. Tools.Where(tool => ProgramFiles.Find(tool.Tool) is not null)
                .SelectMany(tool => Compare(tool.Tool, tool.Endings, submissions, Path.Combine(folder, tool.Endings[0]), stop))
                .GroupBy(pair => (pair.One, pair.Other))
                .Select(group => group.MaxBy(pair => pair.Percent)!)
                .OrderByDescending(pair => pair.Percent)
                .ThenBy(pair => pair.One, StringComparer.Ordinal)
                .ThenBy(pair => pair.Other, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<SimilarPair> Compare(
        string tool, string[] endings, IReadOnlyList<Submission> submissions, string folder, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var names = new Dictionary<string, string>();
        foreach (Submission submission in submissions)
        {
            string text = Sources.Of(submission.Folder, endings);
            if (text.Length > 0)
            {
                string file = $"s{names.Count.ToString(CultureInfo.InvariantCulture)}"; // names of students may be anything
                names[file] = submission.Name;
                File.WriteAllText(Path.Combine(folder, file), text);
            }
        }

        if (names.Count < 2)
        {
            return [];
        }

        // -p: percentages. -e: each with each. -s: not with itself. -T: shorter.
        string[] words = ["sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder, tool, "-p", "-e", "-s", "-T", .. names.Keys];
        string output = ProcessRun.Run(words, Limit, stop).Output;
        return
        [
            .. from match in PercentLine().Matches(output)
               let percent = int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture)
               let one = names.GetValueOrDefault(match.Groups[1].Value)
               let other = names.GetValueOrDefault(match.Groups[3].Value)
               where percent >= Least && one is not null && other is not null
               select string.CompareOrdinal(one, other) < 0 ? new SimilarPair(one, other, percent) : new SimilarPair(other, one, percent),
        ];
    }

    [GeneratedRegex(@"^(s\d+) consists for (\d+) % of (s\d+) material", RegexOptions.Multiline)]
    private static partial Regex PercentLine();
}
