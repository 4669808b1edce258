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

    /// <summary>
    /// After so many brief plays that have passed with an answer, what does not come in a brief play counts as missing: a program that needs more time for
    /// each answer passes fewer of them.
    /// </summary>
    private const int EnoughBriefAnswers = 3;

    private readonly CasePlayer<TFixture> _player = new(fixtures, timeouts);
    private readonly List<Trial> _trials = [];
    private readonly List<CaseResult> _failed = [];
    private TimeSpan _leftForFailures = timeouts.Again;
    private TimeSpan _leftForExtraPlays = timeouts.Doubt;
    private bool _isUnsteady;
    private bool _isSlow;
    private int _briefAnswers;

    /// <summary>How long a play waits if nothing is known of the case. After the time for failures one play decides, so it is not brief.</summary>
    private PlayTime FirstTime => _isSlow || _leftForFailures <= TimeSpan.Zero ? PlayTime.Usual : PlayTime.Brief;

    private bool TrustsBriefPlays => _briefAnswers >= EnoughBriefAnswers;

    /// <summary>Plays a case as often as it takes.</summary>
    /// <exception cref="Programs.CannotStartException">The program under test cannot be started.</exception>
    public CaseResult Try(CaseGroup<TFixture> group, Case<TFixture> one)
    {
        // A bug that only the first client of a server meets must be found in the cases that count most.
        ProgramUse use = one.Level == Level.Required ? ProgramUse.OwnIfQuick : ProgramUse.Any;
        CasePlay first = _player.Play(group, one, use, FirstTime);
        if (first.Result.Outcome == CaseOutcome.Skipped)
        {
            return first.Result;
        }

        // A failure on a program that other cases have used may be caused by them: only plays by itself count.
        var trial = new Trial(group, one);
        Note(trial, first);
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
        _isSlow |= other._isSlow;
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

            Note(trial, play);
            TimeSpan took = Stopwatch.GetElapsedTime(began);
            _leftForExtraPlays -= hasOnlyPassed ? took : TimeSpan.Zero;
            _leftForFailures -= hasOnlyPassed ? TimeSpan.Zero : took;
        }

        return Verdict(trial);
    }

    private void Note(Trial trial, CasePlay play)
    {
        trial.Add(play);
        _isSlow |= trial.WasTooBrief && play is { IsBrief: false, IsLate: false }; // in the whole time something came
        _briefAnswers += play is { IsBrief: true, HasFailed: false, Result.Transcript.HasAnswer: true } ? 1 : 0;
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

        if (trial is { Passed: 0, Failure: { } failure } && IsKnown(failure))
        {
            return 1; // it can only fail, or shows an error that was seen each time in another case
        }

        if (trial is { Passed: 0, Failed: > 0, Case.Level: Level.Ours })
        {
            return trial.WasLateOnce ? PlaysThatDoNotCount : 1; // most programs do these things in another way, and many by saying nothing
        }

        return trial.WasLateOnce && trial.Plays.Count >= UsualPlays ? PlaysAfterLateAnswer
            : trial is { WasTooBrief: true, Failed: 0 } ? PlaysAfterLateAnswer - 1 // the brief play may have shown that answers are lost
            : UsualPlays;
    }

    private bool IsKnown(CasePlay play)
    {
        CaseResult failed = play.Result;
        string? root = FollowingFailures.RootOf(failed, _failed);
        return play.WasTooBrief
            ? TrustsBriefPlays && _failed.Exists(one => one.Id == root && one.Finding is { IsSilence: true })
            : root is not null || (failed.Finding is { IsOfLength: true } && _failed.Any(one => one.Finding is { IsOfLength: true })); // its case may come later
    }

    private bool HasTime(Trial trial) =>
        trial.Plays.TrueForAll(play => play.WasTooBrief) || (HasOnlyPassed(trial) ? _leftForExtraPlays : _leftForFailures) > TimeSpan.Zero;

    /// <summary>True if every play has passed, also brief ones and those on a shared server, and the program was not seen to vary.</summary>
    private bool HasOnlyPassed(Trial trial) => !_isUnsteady && trial is { FailedOnSharedServer: false, WasTooBrief: false, Failed: 0 };

    /// <summary>
    /// How long the next play waits. What fails is seen in the whole time once, to learn whether that helps; if it does, in all plays from then on. If no
    /// byte has arrived, more than the usual time does not help.
    /// </summary>
    private PlayTime TimeOf(Trial trial)
    {
        bool hasFailed = trial.Failed > 0 || trial.WasTooBrief;
        bool isSure = trial.Passed == 0 && (trial.Plays.Count != 1 || trial.Case.Level == Level.Ours) && (!trial.WasTooBrief || TrustsBriefPlays);
        return !hasFailed || isSure ? FirstTime
            : trial.Plays[0].Result.Transcript.HasAnswer ? PlayTime.Long
            : PlayTime.Usual;
    }

    private CaseResult Verdict(Trial trial)
    {
        bool wasOnlyLate = trial.WasLateOnce && trial.Passed >= PlaysAfterLateAnswer - 1 && !_isUnsteady;
        if (trial.Failed == 0 || wasOnlyLate)
        {
            return trial.Plays.First(play => !play.HasFailed).Result;
        }

        CaseResult failed = trial.Failure!.Result;
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

        /// <summary>Whether something did not come in a brief play, also if that play does not count.</summary>
        public bool WasTooBrief { get; private set; }

        /// <summary>The failed play that is reported: one in the whole time, if there is one.</summary>
        public CasePlay? Failure => Plays.Find(play => play is { HasFailed: true, IsBrief: false }) ?? Plays.Find(play => play.HasFailed);

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
                WasTooBrief |= play.WasTooBrief;
                if (Passed > 0 || play is { IsBrief: false, IsLate: false })
                {
                    Plays.RemoveAll(one => one.WasTooBrief); // what did not come in these plays can come
                }
            }
        }
    }
}
