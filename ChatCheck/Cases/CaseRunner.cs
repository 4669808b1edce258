using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Cases;

/// <summary>Plays cases one after the other; whatever happens in one, the next gets its turn.</summary>
internal static class CaseRunner
{
    /// <summary>
    /// So many failed cases without anything from the program in between: the rest of the group fails without being
    /// played, because it would only be waited for. No fault of a program that does anything looks like this.
    /// </summary>
    private const int MostUnanswered = 5;

    private static readonly Finding AnswersNothing = new(new(
        "Not tried any more: the program answers nothing.", "Não foi mais tentado: o programa não responde nada."));

    /// <summary>Plays all of <paramref name="groups"/>; each result comes as soon as it is known.</summary>
    /// <exception cref="Running.CannotStartException">The program under test cannot be started.</exception>
    public static IEnumerable<CaseResult> Run<TStage>(
        IEnumerable<CaseGroup<TStage>> groups, IStages<TStage> stages, Patience patience)
        where TStage : class, IDisposable
    {
        int unanswered = 0;
        bool hasAnswered = false;
        foreach (CaseGroup<TStage> group in groups)
        {
            stages.BeginGroup();
            unanswered = hasAnswered ? 0 : unanswered; // one that never said a word will not begin to in another group
            foreach (Case<TStage> one in group.Cases)
            {
                if (unanswered >= MostUnanswered)
                {
                    yield return Result(group, one, new Transcript()) with { Outcome = Outcome.Failed, Finding = AnswersNothing };
                    continue;
                }

                CaseResult result = Play(group, one, stages, patience);
                unanswered = result.Transcript.HasAnswer ? 0
                    : result.Outcome == Outcome.Failed ? unanswered + 1
                    : unanswered; // to say nothing is right here and there
                hasAnswered |= result.Transcript.HasAnswer;
                yield return result;
            }
        }
    }

    private static CaseResult Result<TStage>(CaseGroup<TStage> group, Case<TStage> one, Transcript transcript) =>
        new(group.Id, group.Title, one.Id, one.Level, one.Section, one.Rule, transcript);

    private static CaseResult Play<TStage>(CaseGroup<TStage> group, Case<TStage> one, IStages<TStage> stages, Patience patience)
        where TStage : class, IDisposable
    {
        var transcript = new Transcript();
        TStage? stage = null;
        CaseResult result = Result(group, one, transcript);
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
