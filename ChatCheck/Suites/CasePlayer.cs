using System.Diagnostics;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

internal sealed class CasePlayer<TFixture>(IFixtureFactory<TFixture> fixtures, Timeouts timeouts)
    where TFixture : class, IDisposable
{
    /// <summary>A result for a case of which nothing is known yet.</summary>
    public static CaseResult Blank(CaseGroup<TFixture> group, Case<TFixture> one, Transcript transcript) =>
        new(group.Id, group.Title, one.Id, one.Level, one.Section, one.Rule, transcript);

    /// <summary>One play.</summary>
    /// <param name="group">The group of the case.</param>
    /// <param name="one">The case.</param>
    /// <param name="use">Which program it needs.</param>
    /// <param name="isPatient">Whether answers may take twice the usual time.</param>
    /// <exception cref="CannotStartException">The program under test cannot be started.</exception>
    public CasePlay Play(CaseGroup<TFixture> group, Case<TFixture> one, ProgramUse use, bool isPatient)
    {
        Timeouts limits = isPatient ? timeouts with { Reply = timeouts.Reply * 2 } : timeouts;
        var transcript = new Transcript();
        var clock = new CaseClock(limits);
        TFixture? fixture = null;
        CaseResult result = Blank(group, one, transcript);
        long began = Stopwatch.GetTimestamp();
        try
        {
            fixture = fixtures.Build(clock, transcript, use);
            began = Stopwatch.GetTimestamp();
            one.Play(fixture);
            return new CasePlay(result, IsLate: false, fixtures.IsAlone);
        }
        catch (CaseSkippedException e)
        {
            return new CasePlay(result with { Outcome = CaseOutcome.Skipped, Reason = e.Reason }, IsLate: false, IsAlone: true);
        }
        catch (CaseFailedException e)
        {
            bool isLate = clock.HasRunOut || Stopwatch.GetElapsedTime(began) >= limits.Start;
            ProgramEnd? ending = fixtures.Ending(fixture);
            return new CasePlay(
                result with { Outcome = CaseOutcome.Failed, Finding = e.Finding, Reason = ending?.What, Complaint = ending?.Complaint },
                    isLate && ending is null,
                    fixtures.IsAlone);
        }
        finally
        {
            fixture?.Dispose();
        }
    }
}
