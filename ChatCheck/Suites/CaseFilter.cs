namespace ThreadedChat.ChatCheck.Suites;

/// <summary><c>--only</c>: ids, or the beginnings of ids. No word at all means all cases.</summary>
internal static class CaseFilter
{
    /// <summary>The wanted cases; a group without any is left out.</summary>
    public static IReadOnlyList<CaseGroup<TFixture>> Choose<TFixture>(IEnumerable<CaseGroup<TFixture>> groups, IReadOnlyList<string> only) =>
    [
        .. groups
            .Select(group => group with { Cases = [.. group.Cases.Where(one => IsWanted(one.Id, only))] })
            .Where(group => group.Cases.Count > 0),
    ];

    public static bool IsWanted(string id, IReadOnlyList<string> only) => only.Count == 0 || only.Any(word => Fits(id, word));

    /// <summary>The first word that fits no case of the suite; null if all fit.</summary>
    public static string? FindUnknown(Suite suite, IReadOnlyList<string> only) =>
        only.FirstOrDefault(word => !suite.Cases.Any(one => Fits(one.Id, word)));

    private static bool Fits(string id, string word) => word.Length > 0 && id.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
