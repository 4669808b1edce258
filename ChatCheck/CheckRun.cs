using System.Globalization;
using ThreadedChat.ChatCheck.CommandLine;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Reports;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Basic;
using ThreadedChat.ChatCheck.Suites.Client;
using ThreadedChat.ChatCheck.Suites.Server;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck;

/// <summary>One run of the checker, from options to reports.</summary>
internal sealed class CheckRun(CheckOptions options, TextWriter output, TextWriter errors, bool useColours)
{
    private readonly Patience _patience = new() { Reply = options.Timeout, Start = options.StartTimeout };

    /// <summary>Checks, or lists, and returns the exit code.</summary>
    public int Run()
    {
        try
        {
            return options.Subject switch
            {
                Subject.Server => Run(ServerCases.Groups, () => new ServerStages(Server(), Channels(), _patience)),
                Subject.Client => Run(ClientCases.Groups, () => new ClientStages(Source(), _patience)),
                Subject.BasicServer => Run(BasicServerCases.Groups, () => new BasicServerStages(new StartedServer(Source(), _patience), _patience)),
                _ => Run(BasicClientCases.Groups, () => new ClientStages(Source(), _patience)),
            };
        }
        catch (CannotStartException e)
        {
            errors.WriteLine(e.Why.In(options.Language));
            return ExitCode.CannotCheck;
        }
    }

    private int Run<TStage>(IReadOnlyList<CaseGroup<TStage>> all, Func<IStages<TStage>> build)
        where TStage : class, IDisposable
    {
        IReadOnlyList<CaseGroup<TStage>> groups = CaseFilter.Choose(all, options.Only);
        if (options.List)
        {
            CaseList.Write(groups, output, options.Language, options.Json);
            return ExitCode.Passed;
        }

        using IStages<TStage> stages = build();
        var results = new List<CaseResult>();
        TableReport? table = options.Json ? null : new TableReport(output, options.Language, useColours, options.Verbose);
        foreach (CaseResult result in CaseRunner.Run(groups, stages, _patience))
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
            output.WriteLine(ReportWriter.FormatJson(JsonReport.Format(results, score, options.Language), output));
        }

        return WriteJUnit(results) ? (score.IsPassed ? ExitCode.Passed : ExitCode.Failed) : ExitCode.CannotCheck;
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

    private CommandSource Source() => new(options.Command!);

    private IServerHost Server() =>
        options.Command is null ? new ForeignServer(options.Host, options.Port) : new StartedServer(Source(), _patience);

    /// <summary>
    /// A server that runs already may still have the channels of an earlier run, perhaps one that began in the same second:
    /// the time of day in milliseconds makes them others.
    /// </summary>
    private ChannelNames Channels() =>
        new(options.Command is null ? $"-{((int)DateTime.UtcNow.TimeOfDay.TotalMilliseconds).ToString("x", CultureInfo.InvariantCulture)}" : "");
}
