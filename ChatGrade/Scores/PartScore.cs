using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Scores;

/// <summary>What a part earns.</summary>
/// <param name="Result">The result.</param>
/// <param name="Most">The most points.</param>
/// <param name="Earned">The points; null if they are uncertain.</param>
/// <param name="Cases">The same for each case.</param>
internal sealed record PartScore(PartResult Result, double Most, double? Earned, IReadOnlyList<CaseScore> Cases)
{
    /// <summary>Cases of a level that passed.</summary>
    public int Passed(string level) => Cases.Count(one => one.Case.Level == level && one.Case.Outcome == "passed");

    /// <summary>Cases of a level that passed or not.</summary>
    public int Total(string level) => Cases.Count(one => one.Case.Level == level && one.Case.Outcome != "skipped");

    /// <summary>Cases that fail by themselves, without those that never count against anyone.</summary>
    public IEnumerable<CaseScore> OwnFailures => Cases.Where(one => one.Case.HasFailed && one.Case.Level != "ours" && one.Case.Follows is null);

    /// <summary>The points of a result.</summary>
    public static PartScore Of(PartResult result, ClassSettings settings)
    {
        double most = settings.Points.GetValueOrDefault(result.Part);
        CaseScore[] cases =
        [
            .. result.Cases.Zip(
                PointShares.Of(result, settings),
                (one, share) => new CaseScore(one, share, share * Fraction(one, settings), settings.OfCase(one.Id).IsHidden)),
        ];
        double? earned = result.State switch
        {
            PartState.Checked => cases.Sum(one => one.Earned),
            PartState.NotBuilt or PartState.NotStarted => 0,
            PartState.NotFound when settings.MissingIsZero => 0,
            _ => null,
        };
        return new PartScore(result, most, earned, cases);
    }

    private static double Fraction(CaseRow one, ClassSettings settings) => one.Outcome switch
    {
        "passed" => 1,
        "not-always" => settings.NotAlways,
        _ => 0,
    };
}
