namespace ThreadedChat.ChatGrade.Results;

/// <summary>All parts of one submission.</summary>
/// <param name="Name">The submission.</param>
/// <param name="Parts">Its parts, in the order of reports.</param>
internal sealed record SubmissionResult(string Name, IReadOnlyList<PartResult> Parts);
