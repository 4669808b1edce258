using System.Diagnostics;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Cases;

/// <summary>
/// Comes to one verdict for each case. What fails is played again, by itself: a program that is wrong fails each time; one
/// that is not always the same is said to be so; one that was only late, once, on a busy machine, has done nothing wrong.
/// </summary>
internal sealed class Judge<TStage>(IStages<TStage> stages, Patience patience)
    where TStage : class, IDisposable
{
    /// <summary>Plays that a verdict takes where the first one fails.</summary>
    private const int Usual = 3;

    /// <summary>
    /// Plays of each case of a program that is not always the same; and those that it takes to say that something came late
    /// once, and is not lost now and then.
    /// </summary>
    private const int Many = 5;

    private readonly CasePlayer<TStage> _player = new(stages, patience);
    private readonly List<(CaseGroup<TStage> Group, Case<TStage> Case, CasePlay Play)> _passedOnce = [];
    private TimeSpan _left = patience.Again;
    private bool _isUnsteady;

    /// <summary>Plays a case as often as it takes.</summary>
    /// <exception cref="Running.CannotStartException">The program under test cannot be started.</exception>
    public CaseResult Try(CaseGroup<TStage> group, Case<TStage> one)
    {
        CasePlay first = _player.Play(group, one, alone: false, isPatient: false);
        if (first.Result.Outcome == Outcome.Skipped)
        {
            return first.Result;
        }

        if (!first.HasFailed && !_isUnsteady)
        {
            _passedOnce.Add((group, one, first));
            return first.Result;
        }

        return Settle(group, one, first);
    }

    /// <summary>
    /// Once a program has been seen not to be always the same, a case that it passed before that is played more often, too. The
    /// results that are others now.
    /// </summary>
    public IEnumerable<CaseResult> LookAgain()
    {
        if (!_isUnsteady)
        {
            yield break;
        }

        foreach ((CaseGroup<TStage> group, Case<TStage> one, CasePlay play) in _passedOnce)
        {
            CaseResult result = Settle(group, one, play);
            if (result.Outcome != Outcome.Passed)
            {
                yield return result with { IsSecondLook = true };
            }
        }
    }

    private CaseResult Settle(CaseGroup<TStage> group, Case<TStage> one, CasePlay first)
    {
        // What failed on a program that other cases had used before may be their doing: only what it does by itself counts.
        List<CasePlay> plays = first.HasFailed && !first.IsAlone ? [] : [first];

        // Where nothing at all has come, nothing will in a longer time.
        bool isPatient = first.Result.Transcript.HasAnswer;
        while (plays.Count < Needed(plays) && (plays.Count == 0 || _left > TimeSpan.Zero))
        {
            long began = Stopwatch.GetTimestamp();
            plays.Add(_player.Play(group, one, alone: true, isPatient));
            _left -= Stopwatch.GetElapsedTime(began);
        }

        return Verdict(plays);
    }

    private int Needed(List<CasePlay> plays)
    {
        int failed = plays.Count(play => play.HasFailed);
        bool mayBeLate = failed == 1 && plays.Count >= Usual && !_isUnsteady && plays.Exists(play => play.IsLate);
        return mayBeLate || (_isUnsteady && failed < plays.Count) ? Many : Usual;
    }

    private CaseResult Verdict(List<CasePlay> plays)
    {
        CasePlay? failed = plays.Find(play => play.HasFailed);
        int passes = plays.Count(play => !play.HasFailed);
        bool wasLateOnce = passes == Many - 1 && !_isUnsteady && failed is { IsLate: true };
        if (failed is null || wasLateOnce)
        {
            return plays.First(play => !play.HasFailed).Result;
        }

        if (passes == 0)
        {
            return failed.Result;
        }

        _isUnsteady = true;
        string times = Findings.Number(passes), all = Findings.Number(plays.Count);
        Text often = new($"Not always: this passed {times} of {all} times. When it did not:", $"Nem sempre: isto passou {times} de {all} vezes. Quando não:");
        return failed.Result with
        {
            Outcome = Outcome.NotAlways,
            Plays = new CaseResult.Count(passes, plays.Count),
            Finding = failed.Result.Finding! with { What = often.And(failed.Result.Finding.What) },
        };
    }
}
