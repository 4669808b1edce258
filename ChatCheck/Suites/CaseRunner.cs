using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>Takes cases one after the other; whatever happens in one, the next gets its turn.</summary>
internal static class CaseRunner
{
    /// <summary>
    /// So many failed cases without anything from the program in between: the rest of the group fails without being
    /// played, because it would only be waited for. No fault of a program that does anything looks like this.
    /// </summary>
    private const int MostUnanswered = 5;

    private static readonly Finding AnswersNothing = new(new(
        "Not tried any more: the program answers nothing.", "Não foi mais tentado: o programa não responde nada."));

    /// <summary>
    /// Takes all of <paramref name="groups"/>; each result comes as soon as it is known. A result with
    /// <see cref="CaseResult.IsSecondLook"/> comes at the end and replaces the earlier one of its case.
    /// </summary>
    /// <exception cref="Programs.CannotStartException">The program under test cannot be started.</exception>
    public static IEnumerable<CaseResult> Run<TStage>(
        IEnumerable<CaseGroup<TStage>> groups, IStages<TStage> stages, Patience patience)
        where TStage : class, IDisposable
    {
        var judge = new Judge<TStage>(stages, patience);
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
                    yield return CasePlayer<TStage>.Blank(group, one, new Transcript()) with { Outcome = Outcome.Failed, Finding = AnswersNothing };
                    continue;
                }

                CaseResult result = judge.Try(group, one);
                unanswered = result.Transcript.HasAnswer ? 0
                    : result.Outcome == Outcome.Failed ? unanswered + 1
                    : unanswered; // to say nothing is right here and there
                hasAnswered |= result.Transcript.HasAnswer;
                yield return result;
            }
        }

        foreach (CaseResult result in judge.LookAgain())
        {
            yield return result;
        }
    }
}
