using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Scores;

/// <summary>What a submission earns.</summary>
/// <param name="Name">The submission.</param>
/// <param name="Parts">Its parts.</param>
internal sealed record SubmissionScore(string Name, IReadOnlyList<PartScore> Parts)
{
    /// <summary>The points of the parts that are certain.</summary>
    public double Earned => Parts.Sum(part => part.Earned ?? 0);

    public double Most => Parts.Sum(part => part.Most);

    /// <summary>Whether each part has its points. A grade is given only then.</summary>
    public bool IsComplete => Parts.All(part => part.Earned is not null);

    /// <summary>What a submission earns.</summary>
    public static SubmissionScore Of(SubmissionResult result, ClassSettings settings) =>
        new(result.Name, [.. result.Parts.Select(part => PartScore.Of(part, settings))]);
}
