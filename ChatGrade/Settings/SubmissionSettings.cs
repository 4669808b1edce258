namespace ThreadedChat.ChatGrade.Settings;

/// <summary>The settings of one submission.</summary>
/// <param name="Commands">Its commands.</param>
/// <param name="Parts">The parts that are checked; null is those of the class.</param>
/// <param name="IsLeftOut">Whether it is no submission.</param>
/// <param name="Limits">Its limits; null is those of the class, for a submission that the settings do not name.</param>
internal sealed record SubmissionSettings(Commands Commands, IReadOnlyList<string>? Parts = null, bool IsLeftOut = false, Limits? Limits = null);
