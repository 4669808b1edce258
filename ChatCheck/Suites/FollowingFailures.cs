using System.Text.RegularExpressions;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>Marks the failures that follow from another one, so that one fault counts once, also if it fails many cases.</summary>
internal sealed partial class FollowingFailures
{
    private readonly Dictionary<string, CaseResult> _failed;
    private readonly Dictionary<string, string> _roots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _wrongTexts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _complaints = new(StringComparer.Ordinal);

    private FollowingFailures(IReadOnlyList<CaseResult> results)
    {
        _failed = results.Where(HasFailed).ToDictionary(result => result.Id, StringComparer.Ordinal);

        // The case that counts most represents the others; of several, the first one.
        foreach (CaseResult result in _failed.Values.Where(IsSteady).OrderBy(result => result.Level))
        {
            Note(_wrongTexts, result.Finding?.WrongText, result.Id);
            Note(_complaints, Kind(result.Complaint), result.Id);
        }

        foreach (CaseResult result in _failed.Values)
        {
            if (Candidates(result).FirstOrDefault(root => Counts(root, result) && !LeadsTo(root, result.Id)) is string root)
            {
                _roots[result.Id] = root;
            }
        }
    }

    /// <summary>The results, with what follows from another one marked.</summary>
    public static IReadOnlyList<CaseResult> Mark(IReadOnlyList<CaseResult> results)
    {
        var following = new FollowingFailures(results);
        return [.. results.Select(result => result with { FollowsFrom = following._roots.GetValueOrDefault(result.Id) })];
    }

    /// <summary>The case that a failure follows from, of those that have failed before; null if there is none.</summary>
    public static string? RootOf(CaseResult result, IReadOnlyList<CaseResult> before) => Mark([.. before.Where(one => one.Id != result.Id), result])[^1].FollowsFrom;

    private static bool HasFailed(CaseResult result) => result.Outcome is CaseOutcome.Failed or CaseOutcome.NotAlways;

    private static bool IsSteady(CaseResult result) => result.Outcome == CaseOutcome.Failed;

    private static void Note(Dictionary<string, string> firsts, string? what, string id)
    {
        if (what is not null)
        {
            firsts.TryAdd(what, id);
        }
    }

    /// <summary>What a program says at its end, without the values in it.</summary>
    private static string? Kind(string? complaint) => complaint is null ? null : Value().Replace(complaint, "…");

    /// <summary>The cases that a failure may follow from, the likeliest first. Each of them has failed.</summary>
    private IEnumerable<string> Candidates(CaseResult result)
    {
        if (result.FollowsFrom is string told)
        {
            yield return told;
        }

        if (result.Finding is { IsOfLength: true })
        {
            foreach (string length in CaseNeeds.OfLength.Where(id => id != result.Id && Fails(id, result)))
            {
                yield return length;
            }
        }

        foreach (string need in CaseNeeds.Of(result.Id).Where(id => Fails(id, result)))
        {
            yield return need;
        }

        foreach (string need in CaseNeeds.OfSilence(result.Id).Where(id => Fails(id, result) && _failed[id].Finding is { IsSilence: true }))
        {
            yield return need;
        }

        if (result.Finding is { IsUnwanted: true })
        {
            foreach (string need in CaseNeeds.OfReceivers(result.Id).Where(id => Fails(id, result) && _failed[id].Finding is { IsUnwanted: true }))
            {
                yield return need;
            }
        }

        if (IsSteady(result) && result.Finding?.WrongText is string text)
        {
            yield return _wrongTexts[text];
        }

        if (IsSteady(result) && Kind(result.Complaint) is string complaint)
        {
            yield return _complaints[complaint];
        }
    }

    /// <summary>Whether a case has failed so often that it can be the reason of this failure.</summary>
    private bool Fails(string id, CaseResult result) => _failed.TryGetValue(id, out CaseResult? root) && (IsSteady(root) || !IsSteady(result));

    /// <summary>Whether a case has failed, and counts at least as much as another one: else a fault would count nowhere.</summary>
    private bool Counts(string id, CaseResult result) => _failed.TryGetValue(id, out CaseResult? root) && root.Level <= result.Level;

    /// <summary>Whether a case is, or follows from, the other one: what follows from itself would count nowhere.</summary>
    private bool LeadsTo(string id, string other)
    {
        for (string? at = id; at is not null; at = _roots.GetValueOrDefault(at))
        {
            if (at == other)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("""'[^']*'?|"[^"]*"?|\d+""")]
    private static partial Regex Value();
}
