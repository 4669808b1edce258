using System.Diagnostics;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

internal sealed class CasePlayer<TFixture>(IFixtureFactory<TFixture> fixtures, Timeouts timeouts)
    where TFixture : class, IDisposable
{
    /// <summary>The part of the time for an answer that a brief play takes at least.</summary>
    private const int BriefPart = 5;

    /// <summary>A result for a case of which nothing is known yet.</summary>
    public static CaseResult Blank(CaseGroup<TFixture> group, Case<TFixture> one, Transcript transcript) =>
        new(group.Id, group.Title, one.Id, one.Level, one.Section, one.Rule, transcript);

    /// <summary>One play.</summary>
    /// <param name="group">The group of the case.</param>
    /// <param name="one">The case.</param>
    /// <param name="use">Which program it needs.</param>
    /// <param name="time">How long it waits.</param>
    /// <exception cref="CannotStartException">The program under test cannot be started.</exception>
    public CasePlay Play(CaseGroup<TFixture> group, Case<TFixture> one, ProgramUse use, PlayTime time)
    {
        Timeouts limits = time switch
        {
            PlayTime.Brief => timeouts with { Brief = timeouts.Reply / BriefPart },
            PlayTime.Long => timeouts with { Brief = timeouts.Reply, Reply = timeouts.Reply * 2 },
            _ => timeouts,
        };
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
            return new CasePlay(result, IsLate: false, fixtures.IsAlone, IsBrief(), clock.WasCutShort);
        }
        catch (CaseSkippedException e)
        {
            return new CasePlay(result with { Outcome = CaseOutcome.Skipped, Reason = e.Reason }, IsLate: false, IsAlone: true, IsBrief: false, WasCutShort: false);
        }
        catch (CaseFailedException e)
        {
            bool isLate = clock.HasRunOut || Stopwatch.GetElapsedTime(began) >= limits.Start;
            ProgramEnd? ending = fixtures.Ending(fixture);
            return new CasePlay(
                result with { Outcome = CaseOutcome.Failed, Finding = e.Finding, Reason = ending?.What, Complaint = ending?.Complaint },
                (isLate && ending is null) || clock.WasCutShort, // a program that ends after that had not ended before
                fixtures.IsAlone,
                IsBrief(),
                clock.WasCutShort);
        }
        finally
        {
            fixture?.Dispose();
        }

        bool IsBrief() => time == PlayTime.Brief && clock.WatchProgram is not null;
    }
}
