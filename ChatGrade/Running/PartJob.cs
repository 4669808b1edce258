using ThreadedChat.ChatGrade.Submissions;

namespace ThreadedChat.ChatGrade.Running;

/// <summary>One part of one submission that is to be checked.</summary>
/// <param name="Submission">The submission.</param>
/// <param name="Part">The part.</param>
/// <param name="Key">The number of all that its result depends on.</param>
internal sealed record PartJob(Submission Submission, string Part, string Key);
