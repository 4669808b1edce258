using ThreadedChat.ChatCheck.Suites;

namespace ThreadedChat.ChatCheck.Reports;

/// <summary>
/// How many cases of each level passed, of how many that say anything about the program. A case that passes only sometimes has not
/// passed: the same program gets the same score in each run.
/// </summary>
internal sealed class Score(IReadOnlyList<CaseResult> results)
{
    /// <summary>All levels, the ones that count most first.</summary>
    public static readonly IReadOnlyList<Level> Levels = [Level.Required, Level.Robust, Level.Ours];

    /// <summary>Whether every required case passed.</summary>
    public bool IsPassed => Passed(Level.Required) == Total(Level.Required);

    /// <summary>Cases of this level that passed.</summary>
    public int Passed(Level level) => results.Count(result => result.Level == level && result.Outcome == CaseOutcome.Passed);

    /// <summary>Cases of this level that do not always pass.</summary>
    public int NotAlways(Level level) => results.Count(result => result.Level == level && result.Outcome == CaseOutcome.NotAlways);

    /// <summary>Cases of this level that passed or not.</summary>
    public int Total(Level level) => results.Count(result => result.Level == level && result.Outcome != CaseOutcome.Skipped);
}
