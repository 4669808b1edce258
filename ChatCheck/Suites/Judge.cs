using System.Diagnostics;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>
/// Finds one verdict for each case. A case that fails is played again, by itself: a wrong program fails each time; one
/// that varies is reported as such; one that was only late, once, on a busy machine, is right.
/// </summary>
/// <param name="fixtures">Makes the fixtures of the plays.</param>
/// <param name="timeouts">The limits of the plays.</param>
/// <param name="known">What is known of the program; several judges may share it.</param>
internal sealed class Judge<TFixture>(IFixtureFactory<TFixture> fixtures, Timeouts timeouts, ProgramKnowledge known)
    where TFixture : class, IDisposable
{
    private readonly CasePlayer<TFixture> _player = new(fixtures, timeouts);
    private readonly PlayPlan _plan = new(timeouts, known);
    private readonly List<Played> _played = [];

    /// <summary>Plays a case as often as it takes.</summary>
    /// <exception cref="Programs.CannotStartException">The program under test cannot be started.</exception>
    public CaseResult Try(CaseGroup<TFixture> group, Case<TFixture> one)
    {
        // A bug that only the first client of a server meets must be found in the cases that count most.
        ProgramUse use = one.Level == Level.Required ? ProgramUse.OwnIfQuick : ProgramUse.Any;
        CasePlay first = _player.Play(group, one, use, _plan.First);
        if (first.Result.Outcome == CaseOutcome.Skipped)
        {
            return first.Result;
        }

        // A failure on a program that other cases have used may be caused by them: only plays by itself count.
        var played = new Played(group, one, new Trial(one.Level));
        _plan.Note(played.Trial, first);
        CaseResult result = Settle(played);
        if (result.Outcome != CaseOutcome.Skipped)
        {
            _played.Add(played);
        }

        if (result.Outcome == CaseOutcome.Failed)
        {
            _plan.NoteFailed(result);
        }

        return result;
    }

    /// <summary>
    /// Once a program was seen to vary, earlier cases with the same result in few plays are played more
    /// often. Returns the results that have changed.
    /// </summary>
    public IEnumerable<CaseResult> LookAgain()
    {
        if (!_plan.IsUnsteady)
        {
            yield break;
        }

        foreach (Played played in _played.Where(one => !one.Trial.IsMixed).OrderBy(one => one.Trial.Failed)) // what passed comes first
        {
            CaseResult result = Settle(played);
            if (result.Outcome == CaseOutcome.NotAlways)
            {
                yield return result with { IsSecondLook = true };
            }
        }
    }

    /// <summary>Takes over what another judge has seen, for the second look.</summary>
    public void Adopt(Judge<TFixture> other)
    {
        _played.AddRange(other._played);
        _plan.IsUnsteady |= other._plan.IsUnsteady;
    }

    private CaseResult Settle(Played played)
    {
        Trial trial = played.Trial;
        while (NextTime(trial) is PlayTime time)
        {
            ProgramUse use = _plan.HasOnlyPassed(trial) ? ProgramUse.Any : ProgramUse.Own;
            long began = Stopwatch.GetTimestamp();
            CasePlay play = _player.Play(played.Group, played.Case, use, time);
            if (play.Result.Outcome == CaseOutcome.Skipped)
            {
                return play.Result; // it cannot be told, not even that the case failed before
            }

            _plan.Spend(trial, Stopwatch.GetElapsedTime(began));
            _plan.Note(trial, play);
        }

        return Verdict(trial);
    }

    private PlayTime? NextTime(Trial trial) =>
        fixtures.Hopeless is not null && trial.Plays.Count > 0 ? null : _plan.Next(trial, fixtures.CanRepeat);

    private CaseResult Verdict(Trial trial)
    {
        bool wasOnlyLate = trial.WasLateOnce && trial.Passed >= PlayPlan.PlaysAfterLateAnswer - 1 && !_plan.IsUnsteady;
        if (trial.Failed == 0 || wasOnlyLate)
        {
            return trial.Plays.First(play => !play.HasFailed).Result;
        }

        CaseResult failed = trial.Failure!.Result;
        if (trial.Passed == 0)
        {
            return failed;
        }

        _plan.IsUnsteady = true;
        string passed = Findings.Number(trial.Passed), all = Findings.Number(trial.Plays.Count);
        Text often = new(
            $"Not always: this case passed {passed} of {all} times. The failure was:",
            $"Nem sempre: este caso passou {passed} de {all} vezes. A falha foi:");
        return failed with
        {
            Outcome = CaseOutcome.NotAlways,
            Plays = new CaseResult.Count(trial.Passed, trial.Plays.Count),
            Finding = failed.Finding! with { What = often.And(failed.Finding.What) },
        };
    }

    /// <summary>A case that was played.</summary>
    private sealed record Played(CaseGroup<TFixture> Group, Case<TFixture> Case, Trial Trial);
}
