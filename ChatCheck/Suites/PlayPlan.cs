using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>
/// Which plays of a case are needed, from its plays so far and from what all plays have shown of the program. A brief play in which something did not come
/// is only a hint: it counts with a play that has waited the whole time for it in vain, and not alone.
/// </summary>
/// <param name="timeouts">The limits of the plays.</param>
/// <param name="known">What is known of the program.</param>
internal sealed class PlayPlan(Timeouts timeouts, ProgramKnowledge known)
{
    /// <summary>How often a case must be played before one late answer is forgiven: then it was late once, and is not lost in some plays.</summary>
    public const int PlaysAfterLateAnswer = 5;

    /// <summary>How often a case is played if its first play fails. A required case that passes is played as often, if its plays are short.</summary>
    private const int UsualPlays = 3;

    /// <summary>How often a case is played that the assignment leaves open, if an answer is missing.</summary>
    private const int PlaysThatDoNotCount = 2;

    /// <summary>How often each case is played for a program whose results were seen to vary.</summary>
    private const int PlaysOfUnsteadyProgram = 7;

    private readonly List<CaseResult> _failed = [];
    private TimeSpan _leftForFailures = timeouts.Again;
    private TimeSpan _leftForExtraPlays = timeouts.Doubt;

    /// <summary>Whether a result of the program was seen to vary.</summary>
    public bool IsUnsteady { get; set; }

    /// <summary>How long a play waits if nothing is known of the case. After the time for failures one play decides, so it is not brief.</summary>
    public PlayTime First => known.IsSlow || _leftForFailures <= TimeSpan.Zero ? PlayTime.Usual : PlayTime.Brief;

    /// <summary>How long the next play of a case waits; null if its plays are enough, or no time is left.</summary>
    /// <param name="trial">The case.</param>
    /// <param name="canRepeat">Whether to play it once more costs little.</param>
    public PlayTime? Next(Trial trial, bool canRepeat) => trial.Plays.Count < Needed(trial, canRepeat) && HasTime(trial) ? TimeOf(trial) : null;

    /// <summary>True if every play has passed, also brief ones and those on a shared server, and the program was not seen to vary.</summary>
    public bool HasOnlyPassed(Trial trial) => !IsUnsteady && trial is { FailedOnSharedServer: false, WasTooBrief: false, Failed: 0 };

    /// <summary>A play that was asked for by <see cref="Next"/> has taken so long; to be called before it is noted.</summary>
    public void Spend(Trial trial, TimeSpan time)
    {
        bool isExtra = HasOnlyPassed(trial);
        _leftForExtraPlays -= isExtra ? time : TimeSpan.Zero;
        _leftForFailures -= isExtra ? TimeSpan.Zero : time;
    }

    /// <summary>Adds a play to its case, and learns from it.</summary>
    public void Note(Trial trial, CasePlay play)
    {
        trial.Add(play);
        if (trial.WasTooBrief && play is { IsBrief: false, IsLate: false })
        {
            known.NoteSlow();
        }

        if (play is { IsBrief: false, IsLate: true, HasFailed: true } && trial is { WasTooBrief: true, Plays.Count: 2 })
        {
            known.NoteVainWait(); // the play before it was the brief one
        }

        if (play is { IsBrief: true, HasFailed: false, Result.Transcript.HasAnswer: true })
        {
            known.NoteBriefAnswer();
        }
    }

    /// <summary>Notes a case that has failed each time.</summary>
    public void NoteFailed(CaseResult result)
    {
        _failed.Add(result);
        known.NoteFailed(result);
    }

    private int Needed(Trial trial, bool canRepeat)
    {
        if (IsUnsteady || trial.PassedThenFailedOnSharedServer)
        {
            return PlaysOfUnsteadyProgram;
        }

        if (HasOnlyPassed(trial))
        {
            return trial.Level == Level.Required && canRepeat ? UsualPlays : 1;
        }

        if (trial is { Passed: 0, Failure: { } failure } && IsKnown(failure))
        {
            return 1; // it can only fail, or shows an error that was seen each time in another case
        }

        if (trial is { Passed: 0, Failed: > 0, Level: Level.Ours })
        {
            return trial.WasLateOnce ? PlaysThatDoNotCount : 1; // most programs do these things in another way, and many by saying nothing
        }

        return trial.WasLateOnce && trial.Plays.Count >= UsualPlays ? PlaysAfterLateAnswer
            : trial is { WasTooBrief: true, Failed: 0 } ? PlaysAfterLateAnswer - 1 // the brief play may have shown that answers are lost
            : UsualPlays;
    }

    /// <summary>
    /// Whether other cases have shown the reason of a failure. What another thread has found is asked only for a brief play: whether it is known yet depends on
    /// the time, and the number of plays in the whole time must not.
    /// </summary>
    private bool IsKnown(CasePlay play)
    {
        CaseResult failed = play.Result;
        IReadOnlyList<CaseResult> others = play.WasTooBrief ? known.Failed : _failed;
        string? root = FollowingFailures.RootOf(failed, others);
        bool isOfLength = failed.Finding is { IsOfLength: true };
        if (!play.WasTooBrief)
        {
            return root is not null || (isOfLength && others.Any(one => one.Finding is { IsOfLength: true })); // its case may not be among these
        }

        return root is not null && (isOfLength
            ? CaseNeeds.OfLength.Contains(root) && others.Any(one => one.Id == root && one.Finding is { IsOfLength: true }) // seen in the whole time
            : known.TrustsBriefPlays && others.Any(one => one.Id == root && one.Finding is { IsSilence: true }));
    }

    private bool HasTime(Trial trial) =>
        trial.Plays.All(play => play.WasTooBrief) || (HasOnlyPassed(trial) ? _leftForExtraPlays : _leftForFailures) > TimeSpan.Zero;

    /// <summary>
    /// What fails is played in the whole time once, to learn whether that helps; if it does, in all plays from then on. If no byte has arrived, more than
    /// the usual time does not help.
    /// </summary>
    private PlayTime TimeOf(Trial trial)
    {
        bool hasFailed = trial.Failed > 0 || trial.WasTooBrief;
        bool isSure = trial is { Passed: 0, Plays.Count: > 1 } && (!trial.WasTooBrief || known.TrustsBriefPlays);
        return !hasFailed || isSure ? First
            : trial.Plays[0].Result.Transcript.HasAnswer ? PlayTime.Long
            : PlayTime.Usual;
    }
}
