using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Scores;

/// <summary>
/// The most points of each case of a part. They are divided by weight among the cases that say something: not those that were not run, and not those that
/// fail only because another one failed, unless the settings count them. Points that the settings give to a case are taken first, and those that they give to a
/// level are divided inside it.
/// </summary>
internal static class PointShares
{
    /// <summary>For each case in the order of the result; 0 does not count. The sum is the points of the part, unless no case counts.</summary>
    public static double[] Of(PartResult result, ClassSettings settings)
    {
        var shares = new double[result.Cases.Count];
        IReadOnlyDictionary<string, double>? levels = settings.LevelPoints.GetValueOrDefault(result.Part);
        Item[] all = [.. result.Cases.Select((one, at) => Item.Of(at, one, settings, isInLevel: levels is not null)).Where(item => Counts(item, settings))];
        (double Points, Item[] Items)[] pools = levels is null
            ? [(1, all)]
            : [.. levels.Select(level => (level.Value, all.Where(item => item.Case.Level == level.Key).ToArray())).Where(pool => pool.Item2.Length > 0)];

        // The points of a level without a case that counts go to the others.
        double sum = pools.Sum(pool => pool.Points);
        foreach ((double points, Item[] items) in pools)
        {
            Share(sum > 0 ? settings.Points.GetValueOrDefault(result.Part) * points / sum : 0, items, shares);
        }

        return shares;
    }

    private static void Share(double points, Item[] items, double[] shares)
    {
        double told = items.Sum(item => item.Points ?? 0), weights = items.Sum(item => item.Points is null ? item.Weight : 0);
        double rest = weights > 0 ? Math.Max(0, points - told) : 0;
        double factor = told > 0 && (told > points || weights == 0) ? points / told : 1;
        foreach (Item item in items)
        {
            shares[item.At] = item.Points is double own ? own * factor : weights > 0 ? rest * item.Weight / weights : 0;
        }
    }

    private static bool Counts(Item item, ClassSettings settings) =>
        settings.OfCase(item.Case.Id).Counts
        && (item.Points ?? item.Weight) > 0
        && item.Case.Outcome != "skipped"
        && (settings.FollowingCounts || item.Case.Follows is null || !item.Case.HasFailed);

    private readonly record struct Item(int At, CaseRow Case, double? Points, double Weight)
    {
        /// <summary>Inside a level that has points of its own, all cases weigh the same unless the settings say more.</summary>
        public static Item Of(int at, CaseRow one, ClassSettings settings, bool isInLevel)
        {
            CaseSettings own = settings.OfCase(one.Id);
            return new Item(at, one, own.Points, own.Weight ?? (isInLevel ? 1 : settings.Weights.GetValueOrDefault(one.Level)));
        }
    }
}
