using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Scores;

namespace ThreadedChat.ChatGrade.Analysis;

/// <summary>A failure that few submissions share to the letter.</summary>
/// <param name="Id">The case.</param>
/// <param name="What">The fault.</param>
/// <param name="Came">The received text.</param>
/// <param name="Names">The submissions.</param>
internal sealed record StrangeFailure(string Id, string What, string Came, IReadOnlyList<string> Names)
{
    /// <summary>A fault that more than one submission in this many has is a common mistake.</summary>
    private const int RareIsOneIn = 4;

    /// <summary>Failures with the same bytes in the same case, in at least two submissions and in few of the class.</summary>
    public static IReadOnlyList<StrangeFailure> Find(IReadOnlyList<SubmissionScore> submissions)
    {
        int most = Math.Max(2, submissions.Count / RareIsOneIn);
        return
        [
            .. submissions
                .SelectMany(one => one.Parts.SelectMany(part => part.OwnFailures).Select(failure => (one.Name, failure.Case)))
                .Where(one => one.Case.Came is not null || one.Case.Program is not null)
                .GroupBy(one => (one.Case.Id, one.Case.What, Shown: Shown(one.Case)))
                .Where(group => group.Count() >= 2 && group.Count() <= most)
                .Select(group => new StrangeFailure(
                    group.Key.Id, group.Key.What ?? "", group.Key.Shown, [.. group.Select(one => one.Name).Order(StringComparer.Ordinal)]))
                .OrderBy(one => one.Names.Count)
                .ThenBy(one => one.Id, StringComparer.Ordinal)
                .ThenBy(one => one.Shown(), StringComparer.Ordinal),
        ];
    }

    private string Shown() => $"{What} {Came}";

    private static string Shown(CaseRow one) => one.Came ?? one.Program ?? "";
}
