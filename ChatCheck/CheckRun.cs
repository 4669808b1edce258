using ThreadedChat.ChatCheck.CommandLine;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Reports;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck;

/// <summary>One run of the checker, from options to reports.</summary>
internal sealed class CheckRun(CheckOptions options, TextWriter output, TextWriter errors, bool useColours)
{
    private readonly Timeouts _timeouts = new() { Reply = options.Timeout, Start = options.StartTimeout, Whole = options.Limit ?? new Timeouts().Whole };

    /// <summary>Checks, or lists, and returns the exit code.</summary>
    public int Run()
    {
        if (options.List)
        {
            List<CaseInfo> wanted = [.. options.Suite.Cases.Where(one => CaseFilter.IsWanted(one.Id, options.Only))];
            CaseList.Write(wanted, output, options.Language, options.Json);
            return CheckExitCode.Passed;
        }

        try
        {
            return Check();
        }
        catch (CannotStartException e)
        {
            errors.WriteLine(e.Why.In(options.Language));
            return CheckExitCode.CannotCheck;
        }
    }

    private int Check()
    {
        var results = new List<CaseResult>();
        TableReport? table = options.Json ? null : new TableReport(output, options.Language, useColours, options.Verbose);
        var target = new ProgramTarget(options.Command is null ? null : new CommandSource(options.Command), options.Host, options.Port)
        {
            AllowsTwo = Environment.ProcessorCount > 1,
        };
        foreach (CaseResult result in options.Suite.Run(target, options.Only, _timeouts))
        {
            if (result.IsSecondLook)
            {
                results[results.FindIndex(earlier => earlier.Id == result.Id)] = result;
            }
            else
            {
                results.Add(result);
            }

            table?.Add(result);
        }

        var score = new Score(results);
        table?.End(score);
        if (options.Json)
        {
            output.WriteLine(ReportWriter.FormatJson(JsonReport.Format(FollowingFailures.Mark(results), score, options.Language), output));
        }

        return WriteJUnit(results) ? (score.IsPassed ? CheckExitCode.Passed : CheckExitCode.Failed) : CheckExitCode.CannotCheck;
    }

    private bool WriteJUnit(List<CaseResult> results)
    {
        if (options.JUnitFile is null)
        {
            return true;
        }

        try
        {
            File.WriteAllText(options.JUnitFile, JUnitReport.Format(results, options.Language));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"--junit: {e.Message}");
            return false;
        }
    }
}
