using ThreadedChat.ChatGrade.Results;

namespace ThreadedChat.ChatGrade.Scores;

/// <summary>What a case earns.</summary>
/// <param name="Case">The case.</param>
/// <param name="Most">The most points that it could earn; 0 if it does not count.</param>
/// <param name="Earned">What it earns.</param>
/// <param name="IsHidden">Whether students do not see it.</param>
internal sealed record CaseScore(CaseRow Case, double Most, double Earned, bool IsHidden)
{
    /// <summary>Whether it fails only because another one does, and costs nothing.</summary>
    public bool IsExcused => Case.Follows is not null && Most == 0;
}
