using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using ThreadedChat.ChatServer.Benchmarks.Load;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>Runs all workloads in turn, so that a disturbance of the machine affects all of them alike.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LoadBenchmark
{
    /// <summary>Descriptors that this process needs in addition to those of its connections.</summary>
    private const int ReservedFiles = 64;

    private readonly BenchOptions _options;
    private readonly IReadOnlyList<Workload> _workloads;

    public LoadBenchmark(BenchOptions options)
    {
        _options = options;
        _workloads = [.. options.Workloads.Select(Fit)];
        Report = new Report(options, _workloads);
    }

    public Report Report { get; }

    /// <summary>Makes all runs, also after a run with errors.</summary>
    /// <exception cref="BenchmarkException">A run cannot start.</exception>
    public void Run()
    {
        if (!_options.Quick)
        {
            WarmUp();
        }

        for (int run = 1; run <= _options.Runs; run++)
        {
            foreach (Workload load in _workloads)
            {
                LoadOutcome outcome = Run(load);
                Report.Add(load, run, outcome);
                Log(load, run, outcome);
            }
        }
    }

    /// <summary>A run without a result, so that the code is compiled before the first result.</summary>
    private void WarmUp() => Run(Workload.All.First(load => load.Channels == 1 && load.Senders > 1));

    private LoadOutcome Run(Workload load) =>
        _options.Server is null ? RunWithOwnServer(load) : Run(load, _options.Server, _options.Process);

    private LoadOutcome RunWithOwnServer(Workload load)
    {
        using var server = new ServerProcess(_options.Program);
        LoadOutcome outcome = Run(load, server.Address, server.Id);
        if (!outcome.IsRight)
        {
            return outcome with { Trouble = server.Ending ?? outcome.Trouble + server.LastLine };
        }

        server.Stop();
        return outcome with { Trouble = server.Ending };
    }

    private LoadOutcome Run(Workload load, EndPoint address, int? process)
    {
        using var run = new LoadRun(load, address, process is int id ? new ServerUsage(id) : null, _options.Timeout);
        return run.Execute();
    }

    private Workload Fit(Workload wanted)
    {
        Workload load = (_options.Quick ? wanted.Quick() : wanted).Scaled(_options.Scale);

        // A server on this machine uses the same rule, and needs as many descriptors.
        (int connections, string reason) = MachineLimits.Decide(load.Connections + ReservedFiles);
        Workload fitting = load.LimitedTo(Math.Max(2, connections - ReservedFiles));
        if (fitting != load)
        {
            Console.Error.WriteLine($"{load.Name}: {fitting.Connections} connections instead of {load.Connections}, because of {reason}.");
        }

        return fitting;
    }

    private void Log(Workload load, int run, LoadOutcome outcome)
    {
        string trouble = outcome.Trouble is null ? "" : $" ({outcome.Trouble})";
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{load.Name}, run {run} of {_options.Runs}: {outcome.Measures.DeliveriesPerSecond:N0} deliveries/s, errors: {outcome.Errors}{trouble}"));
    }
}
