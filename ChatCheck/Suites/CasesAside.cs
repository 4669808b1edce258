using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>
/// Plays the cases that mostly wait (<see cref="Case{TFixture}.IsAside"/>) on a thread and a program of their own, while the caller plays the
/// others.
/// </summary>
/// <param name="timeouts">The limits of the plays.</param>
/// <param name="known">What is known of the program.</param>
/// <param name="isOver">Whether no time is left.</param>
internal sealed class CasesAside<TFixture>(Timeouts timeouts, ProgramKnowledge known, Func<bool> isOver) : IDisposable
    where TFixture : class, IDisposable
{
    private readonly Dictionary<string, TaskCompletionSource<CaseResult?>> _results = new(StringComparer.Ordinal);
    private Thread? _thread;
    private Judge<TFixture>? _judge;
    private volatile bool _isDropped;

    /// <summary>Begins to play, if that was not done and if it saves time.</summary>
    /// <param name="groups">All cases.</param>
    /// <param name="played">Those that were played.</param>
    /// <param name="fixtures">The caller's.</param>
    public void Begin(IReadOnlyList<CaseGroup<TFixture>> groups, IReadOnlySet<string> played, IFixtureFactory<TFixture> fixtures)
    {
        if (_thread is not null)
        {
            return;
        }

        CaseGroup<TFixture>[] open =
        [
            .. groups.Select(group => group with { Cases = [.. group.Cases.Where(one => one.IsAside && !played.Contains(one.Id))] })
                .Where(group => group.Cases.Count > 0),
        ];
        if (open.Length == 0 || fixtures.OpenAnother() is not { } own)
        {
            return;
        }

        foreach (Case<TFixture> one in open.SelectMany(group => group.Cases))
        {
            _results.Add(one.Id, new TaskCompletionSource<CaseResult?>());
        }

        var judge = new Judge<TFixture>(own, timeouts, known);
        _judge = judge;
        _thread = new Thread(() => Play(open, own, judge)) { IsBackground = true, Name = "aside" };
        _thread.Start();
    }

    /// <summary>Whether a case is played here, and its result is not known yet.</summary>
    public bool Awaits(string id) => _results.TryGetValue(id, out TaskCompletionSource<CaseResult?>? result) && !result.Task.IsCompleted;

    /// <summary>The result of a case, once it is known; null if it is not played here.</summary>
    public CaseResult? Take(string id) => _results.GetValueOrDefault(id)?.Task.GetAwaiter().GetResult();

    /// <summary>Ends the plays, and passes their results to the judge of the caller.</summary>
    public void EndFor(Judge<TFixture> other)
    {
        Dispose();
        if (_judge is not null)
        {
            other.Adopt(_judge);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDropped = true;
        _thread?.Join();
    }

    private void Play(CaseGroup<TFixture>[] groups, IFixtureFactory<TFixture> fixtures, Judge<TFixture> judge)
    {
        using (fixtures) // on the thread that has started the programs: some systems end them with it
        {
            foreach (CaseGroup<TFixture> group in groups)
            {
                fixtures.BeginGroup();
                foreach (Case<TFixture> one in group.Cases)
                {
                    _results[one.Id].SetResult(TryPlay(judge, group, one));
                }
            }
        }
    }

    private CaseResult? TryPlay(Judge<TFixture> judge, CaseGroup<TFixture> group, Case<TFixture> one)
    {
        try
        {
            return _isDropped || isOver() ? null : judge.Try(group, one);
        }
        catch (CannotStartException)
        {
            return null; // the caller plays it then, and reports the reason
        }
    }
}
