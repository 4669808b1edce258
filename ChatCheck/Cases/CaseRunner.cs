using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Cases;

/// <summary>Plays cases one after the other; whatever happens in one, the next gets its turn.</summary>
internal static class CaseRunner
{
    /// <summary>Plays all of <paramref name="groups"/>; each result comes as soon as it is known.</summary>
    /// <exception cref="Running.CannotStartException">The program under test cannot be started.</exception>
    public static IEnumerable<CaseResult> Run<TStage>(
        IEnumerable<CaseGroup<TStage>> groups, IStages<TStage> stages, Patience patience)
        where TStage : class, IDisposable
    {
        foreach (CaseGroup<TStage> group in groups)
        {
            stages.BeginGroup();
            foreach (Case<TStage> one in group.Cases)
            {
                yield return Play(group, one, stages, patience);
            }
        }
    }

    private static CaseResult Play<TStage>(CaseGroup<TStage> group, Case<TStage> one, IStages<TStage> stages, Patience patience)
        where TStage : class, IDisposable
    {
        var transcript = new Transcript();
        TStage? stage = null;
        var result = new CaseResult(group.Id, group.Title, one.Id, one.Level, one.Section, one.Rule, transcript);
        try
        {
            stage = stages.Build(new CaseClock(patience), transcript);
            one.Play(stage);
            return result;
        }
        catch (CaseSkippedException e)
        {
            return result with { Outcome = Outcome.Skipped, Reason = e.Reason };
        }
        catch (CaseFailedException e)
        {
            Text? ending = stages.Ending(stage);
            return result with { Outcome = Outcome.Failed, Finding = e.Finding, Reason = ending };
        }
        finally
        {
            stage?.Dispose();
        }
    }
}
