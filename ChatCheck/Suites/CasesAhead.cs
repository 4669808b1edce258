namespace ThreadedChat.ChatCheck.Suites;

/// <summary>
/// Plays the case about the length of messages as soon as another case fails because of a length: what follows from it is then known to follow, and is
/// played once.
/// </summary>
/// <param name="groups">All cases.</param>
/// <param name="judge">Finds the verdict.</param>
internal sealed class CasesAhead<TFixture>(IReadOnlyList<CaseGroup<TFixture>> groups, Judge<TFixture> judge)
    where TFixture : class, IDisposable
{
    private readonly Dictionary<string, CaseResult> _results = new(StringComparer.Ordinal);

    /// <summary>The result of a case that was played here; null if it was not.</summary>
    public CaseResult? Take(string id) => _results.GetValueOrDefault(id);

    /// <summary>Looks at a result, and plays what is to be played now.</summary>
    /// <param name="result">The result of a case.</param>
    /// <param name="played">All cases that were played.</param>
    /// <exception cref="Programs.CannotStartException">The program under test cannot be started.</exception>
    public void Note(CaseResult result, IReadOnlySet<string> played)
    {
        if (result.Finding is not { IsOfLength: true })
        {
            return;
        }

        foreach (CaseGroup<TFixture> group in groups)
        {
            foreach (Case<TFixture> one in group.Cases.Where(one => CaseNeeds.OfLength.Contains(one.Id) && !played.Contains(one.Id) && !_results.ContainsKey(one.Id)))
            {
                _results.Add(one.Id, judge.Try(group, one));
            }
        }
    }
}
