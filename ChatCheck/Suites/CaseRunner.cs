using System.Diagnostics;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>Runs cases one after the other; after any failure of one, the next one runs.</summary>
internal static class CaseRunner
{
    /// <summary>
    /// After this many failed cases in a row in which the program sent no byte, the rest of the group fails without a play, because
    /// each play would only wait. A program that does anything does not fail in this way.
    /// </summary>
    private const int MostUnanswered = 5;

    private static readonly Finding AnswersNothing = new(new(
        "Not run: the program does not answer at all.", "Não executado: o programa não responde a nada."));

    /// <summary>Why a case was not run that <see cref="Timeouts.Whole"/> left no time for.</summary>
    public static readonly Text NoTimeLeft = new("Not run: the time limit of all cases has passed.", "Não executado: o tempo limite de todos os casos passou.");

    /// <summary>
    /// Takes all of <paramref name="groups"/>; each result is returned as soon as it is known. A result with
    /// <see cref="CaseResult.IsSecondLook"/> comes at the end and replaces the earlier one of its case.
    /// </summary>
    /// <exception cref="Programs.CannotStartException">The program under test cannot be started.</exception>
    public static IEnumerable<CaseResult> Run<TFixture>(
        IReadOnlyList<CaseGroup<TFixture>> groups, IFixtureFactory<TFixture> fixtures, Timeouts timeouts)
        where TFixture : class, IDisposable
    {
        var known = new ProgramKnowledge();
        var judge = new Judge<TFixture>(fixtures, timeouts, known);
        long began = Stopwatch.GetTimestamp();
        int unanswered = 0;
        bool hasAnswered = false;
        string? silentSince = null;
        Level silentLevel = Level.Ours;
        Text? hopeless = null;
        bool IsOver() => Stopwatch.GetElapsedTime(began) > timeouts.Whole;
        using var aside = new CasesAside<TFixture>(timeouts, known, IsOver);
        var ahead = new CasesAhead<TFixture>(groups, judge);
        var played = new HashSet<string>(StringComparer.Ordinal);
        foreach (CaseGroup<TFixture> group in groups)
        {
            fixtures.BeginGroup();
            unanswered = hasAnswered ? 0 : unanswered; // a program that has never sent a byte stays silent in the next group too
            foreach (Case<TFixture> one in group.Cases)
            {
                CaseResult? early = ahead.Take(one.Id);
                if (early is null && IsOver())
                {
                    yield return CasePlayer<TFixture>.Blank(group, one, new Transcript()) with { Outcome = CaseOutcome.Skipped, Reason = NoTimeLeft };
                    continue;
                }

                if (hopeless is Text nothing && one.Id == silentSince)
                {
                    yield return CasePlayer<TFixture>.Blank(group, one, new Transcript()) with { Outcome = CaseOutcome.Failed, Finding = new Finding(nothing) };
                    continue;
                }

                if (unanswered >= MostUnanswered)
                {
                    yield return CasePlayer<TFixture>.Blank(group, one, new Transcript()) with
                    {
                        Outcome = CaseOutcome.Failed,
                        Finding = AnswersNothing,
                        FollowsFrom = silentSince,
                    };
                    continue;
                }

                if (aside.Awaits(one.Id))
                {
                    fixtures.Rest();
                }

                CaseResult result = early ?? aside.Take(one.Id) ?? judge.Try(group, one);
                if (fixtures.Hopeless is Text why && !hasAnswered)
                {
                    // Report it in the first required case: a failure of a case that does not count would be overlooked.
                    unanswered = MostUnanswered;
                    hopeless = why;
                    silentSince = (one.Level == Level.Required ? one : groups.SelectMany(each => each.Cases).FirstOrDefault(each => each.Level == Level.Required) ?? one).Id;
                    yield return silentSince == one.Id
                        ? result with { Outcome = CaseOutcome.Failed, Finding = new Finding(why) }
                        : result with { Outcome = CaseOutcome.Failed, Finding = AnswersNothing, FollowsFrom = silentSince };
                    continue;
                }

                if (result.Outcome == CaseOutcome.Failed && (unanswered == 0 || one.Level < silentLevel))
                {
                    (silentSince, silentLevel) = (one.Id, one.Level); // a case that counts, so that the fault costs points, and only once
                }

                unanswered = result.Transcript.HasAnswer ? 0
                    : result.Outcome == CaseOutcome.Failed ? unanswered + 1
                    : unanswered; // in some cases silence is correct
                hasAnswered |= result.Transcript.HasAnswer;
                played.Add(one.Id);
                ahead.Note(result, played);
                if (hasAnswered)
                {
                    aside.Begin(groups, played, fixtures);
                }

                yield return result;
            }
        }

        aside.EndFor(judge);
        foreach (CaseResult result in judge.LookAgain().TakeWhile(_ => !IsOver()))
        {
            yield return result;
        }
    }
}
