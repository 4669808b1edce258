using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Analysis;
using ThreadedChat.ChatGrade.Scores;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>All that the reports are made of.</summary>
/// <param name="Title">What heads them.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Submissions">The submissions, by name.</param>
/// <param name="Similar">Pairs of submissions that look alike.</param>
/// <param name="Remarks">Remarks for the teacher.</param>
internal sealed record ClassScore(
    string Title,
    ClassSettings Settings,
    IReadOnlyList<SubmissionScore> Submissions,
    IReadOnlyList<SimilarPair> Similar,
    IReadOnlyList<Text> Remarks)
{
    /// <summary>The language of the reports.</summary>
    public Language Language => Settings.Language;
}
