using ThreadedChat.ChatGrade.Scores;

namespace ThreadedChat.ChatGrade.Analysis;

/// <summary>A rule and how many submissions break it.</summary>
/// <param name="Id">The case.</param>
/// <param name="Rule">Its rule.</param>
/// <param name="Level">Its level.</param>
/// <param name="Count">The submissions that break it.</param>
/// <param name="Of">The submissions in which it was checked.</param>
internal sealed record RuleFailures(string Id, string Rule, string Level, int Count, int Of)
{
    /// <summary>The rules that the class breaks, the most frequent first. A failure that follows from another fault is not counted.</summary>
    public static IReadOnlyList<RuleFailures> Find(IReadOnlyList<SubmissionScore> submissions) =>
    [
        .. submissions
            .SelectMany(one => one.Parts)
            .SelectMany(part => part.Cases)
            .Where(one => one.Case.Outcome != "skipped" && one.Case.Level != "ours")
            .GroupBy(one => one.Case.Id)
            .Select(group => new RuleFailures(
                group.Key,
                group.First().Case.Rule,
                group.First().Case.Level,
                group.Count(one => one.Case.HasFailed && one.Case.Follows is null),
                group.Count(one => one.Case.Follows is null)))
            .Where(rule => rule.Count > 0)
            .OrderByDescending(rule => rule.Count)
            .ThenBy(rule => rule.Id, StringComparer.Ordinal),
    ];
}
