using System.Diagnostics;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>Plays a case once.</summary>
internal sealed class CasePlayer<TStage>(IStages<TStage> stages, Patience patience)
    where TStage : class, IDisposable
{
    /// <summary>A result for a case of which nothing is known yet.</summary>
    public static CaseResult Blank(CaseGroup<TStage> group, Case<TStage> one, Transcript transcript) =>
        new(group.Id, group.Title, one.Id, one.Level, one.Section, one.Rule, transcript);

    /// <summary>One play.</summary>
    /// <param name="group">The group of the case.</param>
    /// <param name="one">The case.</param>
    /// <param name="alone">Whether the program must have been started for this play, if that can be had.</param>
    /// <param name="isPatient">Whether answers may take twice the usual time.</param>
    /// <exception cref="Programs.CannotStartException">The program under test cannot be started.</exception>
    public CasePlay Play(CaseGroup<TStage> group, Case<TStage> one, bool alone, bool isPatient)
    {
        Patience limits = isPatient ? patience with { Reply = patience.Reply * 2 } : patience;
        var transcript = new Transcript();
        var clock = new CaseClock(limits);
        TStage? stage = null;
        CaseResult result = Blank(group, one, transcript);
        long began = Stopwatch.GetTimestamp();
        try
        {
            stage = stages.Build(clock, transcript, alone);
            began = Stopwatch.GetTimestamp();
            one.Play(stage);
            return new CasePlay(result, IsLate: false, stages.IsAlone);
        }
        catch (CaseSkippedException e)
        {
            return new CasePlay(result with { Outcome = Outcome.Skipped, Reason = e.Reason }, IsLate: false, IsAlone: true);
        }
        catch (CaseFailedException e)
        {
            bool isLate = clock.HasRunOut || Stopwatch.GetElapsedTime(began) >= limits.Start;
            Text? ending = stages.Ending(stage);
            return new CasePlay(
                result with { Outcome = Outcome.Failed, Finding = e.Finding, Reason = ending }, isLate && ending is null, stages.IsAlone);
        }
        finally
        {
            stage?.Dispose();
        }
    }
}
