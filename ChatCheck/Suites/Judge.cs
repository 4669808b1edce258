using System.Diagnostics;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>
/// Finds one verdict for each case. A case that fails is played again, by itself: a wrong program fails each time; one
/// that varies is reported as such; one that was only late, once, on a busy machine, is right.
/// </summary>
internal sealed class Judge<TFixture>(IFixtureFactory<TFixture> fixtures, Timeouts timeouts)
    where TFixture : class, IDisposable
{
    /// <summary>How often a case is played if its first play fails. A required case that passes is played as often, if its plays are short.</summary>
    private const int UsualPlays = 3;

    /// <summary>How often a case must be played before one late answer is forgiven: then it was late once, and is not lost in some plays.</summary>
    private const int PlaysAfterLateAnswer = 5;

    /// <summary>How often a case is played that the assignment leaves open, if an answer is missing.</summary>
    private const int PlaysThatDoNotCount = 2;

    /// <summary>How often each case is played for a program whose results were seen to vary.</summary>
    private const int PlaysOfUnsteadyProgram = 7;

    private readonly CasePlayer<TFixture> _player = new(fixtures, timeouts);
    private readonly List<Trial> _trials = [];
    private readonly List<CaseResult> _failed = [];
    private TimeSpan _leftForFailures = timeouts.Again;
    private TimeSpan _leftForExtraPlays = timeouts.Doubt;
    private bool _isUnsteady;
    private bool _isSlow;

    /// <summary>Plays a case as often as it takes.</summary>
    /// <exception cref="Programs.CannotStartException">The program under test cannot be started.</exception>
    public CaseResult Try(CaseGroup<TFixture> group, Case<TFixture> one)
    {
        // A bug that only the first client of a server meets must be found in the cases that count most.
        ProgramUse use = one.Level == Level.Required ? ProgramUse.OwnIfQuick : ProgramUse.Any;
        CasePlay first = _player.Play(group, one, use, _isSlow ? PlayTime.Usual : PlayTime.Brief);
        if (first.Result.Outcome == CaseOutcome.Skipped)
        {
            return first.Result;
        }

        // A failure on a program that other cases have used may be caused by them: only plays by itself count.
        var trial = new Trial(group, one);
        trial.Add(first);
        CaseResult result = Settle(trial);
        if (result.Outcome != CaseOutcome.Skipped)
        {
            _trials.Add(trial);
        }

        if (result.Outcome == CaseOutcome.Failed)
        {
            _failed.Add(result);
        }

        return result;
    }

    /// <summary>
    /// Once a program was seen to vary, earlier cases with the same result in few plays are played more
    /// often. Returns the results that have changed.
    /// </summary>
    public IEnumerable<CaseResult> LookAgain()
    {
        if (!_isUnsteady)
        {
            yield break;
        }

        foreach (Trial trial in _trials.Where(trial => !trial.IsMixed).OrderBy(trial => trial.Failed)) // what passed comes first
        {
            CaseResult result = Settle(trial);
            if (result.Outcome == CaseOutcome.NotAlways)
            {
                yield return result with { IsSecondLook = true };
            }
        }
    }

    /// <summary>Takes over what another judge has seen, for the second look.</summary>
    public void Adopt(Judge<TFixture> other)
    {
        _trials.AddRange(other._trials);
        _isUnsteady |= other._isUnsteady;
    }

    private CaseResult Settle(Trial trial)
    {
        while (trial.Plays.Count < Needed(trial) && HasTime(trial))
        {
            bool hasOnlyPassed = HasOnlyPassed(trial);
            long began = Stopwatch.GetTimestamp();
            ProgramUse use = hasOnlyPassed ? ProgramUse.Any : ProgramUse.Own;
            CasePlay play = _player.Play(trial.Group, trial.Case, use, TimeOf(trial));
            if (play.Result.Outcome == CaseOutcome.Skipped)
            {
                return play.Result; // it cannot be told, not even that the case failed before
            }

            _isSlow |= !play.HasFailed && trial.WasTooBrief;
            trial.Add(play);
            TimeSpan took = Stopwatch.GetElapsedTime(began);
            _leftForExtraPlays -= hasOnlyPassed ? took : TimeSpan.Zero;
            _leftForFailures -= hasOnlyPassed ? TimeSpan.Zero : took;
        }

        return Verdict(trial);
    }

    private int Needed(Trial trial)
    {
        if (fixtures.Hopeless is not null)
        {
            return 1;
        }

        if (_isUnsteady || trial.PassedThenFailedOnSharedServer)
        {
            return PlaysOfUnsteadyProgram;
        }

        if (HasOnlyPassed(trial))
        {
            return trial.Case.Level == Level.Required && fixtures.CanRepeat ? UsualPlays : 1;
        }

        if (trial.Passed == 0 && trial.Failed > 0 && IsKnown(trial.Plays[0].Result))
        {
            return 1; // it can only fail, or shows an error that was seen each time in another case
        }

        if (trial is { Passed: 0, Failed: > 0, Case.Level: Level.Ours })
        {
            return trial.WasLateOnce ? PlaysThatDoNotCount : 1; // most programs do these things in another way, and many by saying nothing
        }

        return trial.WasLateOnce && trial.Plays.Count >= UsualPlays ? PlaysAfterLateAnswer : UsualPlays;
    }

    private bool IsKnown(CaseResult failed) =>
        FollowingFailures.RootOf(failed, _failed) is not null
        || (failed.Finding is { IsOfLength: true } && _failed.Any(one => one.Finding is { IsOfLength: true })); // its case may come later

    private bool HasTime(Trial trial) => trial.Plays.Count == 0 || (HasOnlyPassed(trial) ? _leftForExtraPlays : _leftForFailures) > TimeSpan.Zero;

    /// <summary>True if every play has passed, also on a shared server, and the program was not seen to vary.</summary>
    private bool HasOnlyPassed(Trial trial) => !_isUnsteady && !trial.FailedOnSharedServer && trial.Failed == 0;

    /// <summary>
    /// How long the next play waits. What fails because nothing came is seen in the whole time once, to learn whether that helps; if it does, in all plays
    /// from then on. If no byte has arrived, more than the usual time does not help.
    /// </summary>
    private PlayTime TimeOf(Trial trial)
    {
        bool isSure = trial.Passed == 0 && (trial.Plays.Count != 1 || trial.Case.Level == Level.Ours);
        return trial.Failed > 0 && !isSure ? (trial.Plays[0].Result.Transcript.HasAnswer ? PlayTime.Long : PlayTime.Usual)
            : _isSlow ? PlayTime.Usual
            : PlayTime.Brief;
    }

    private CaseResult Verdict(Trial trial)
    {
        bool wasOnlyLate = trial.WasLateOnce && trial.Passed >= PlaysAfterLateAnswer - 1 && !_isUnsteady;
        if (trial.Failed == 0 || wasOnlyLate)
        {
            return trial.Plays.First(play => !play.HasFailed).Result;
        }

        CaseResult failed = (trial.Plays.FirstOrDefault(play => play is { HasFailed: true, IsBrief: false }) ?? trial.Plays.First(play => play.HasFailed)).Result;
        if (trial.Passed == 0)
        {
            return failed;
        }

        _isUnsteady = true;
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

    /// <summary>A case and all its plays that count.</summary>
    private sealed record Trial(CaseGroup<TFixture> Group, Case<TFixture> Case)
    {
        public List<CasePlay> Plays { get; } = [];

        /// <summary>True if it has failed on a program that other cases had used before: that play does not count.</summary>
        public bool FailedOnSharedServer { get; private set; }

        /// <summary>True if it has failed there after it had passed.</summary>
        public bool PassedThenFailedOnSharedServer { get; private set; }

        public int Failed => Plays.Count(play => play.HasFailed);

        public int Passed => Plays.Count - Failed;

        public bool IsMixed => Failed > 0 && Passed > 0;

        public bool WasLateOnce => Failed == 1 && Plays.Exists(play => play.IsLate);

        /// <summary>Whether something did not come in a brief play.</summary>
        public bool WasTooBrief => Plays.Exists(play => play is { IsLate: true, IsBrief: true });

        public void Add(CasePlay play)
        {
            if (play.HasFailed && !play.IsAlone)
            {
                FailedOnSharedServer = true;
                PassedThenFailedOnSharedServer |= Passed > 0;
            }
            else
            {
                Plays.Add(play);
            }
        }
    }
}
