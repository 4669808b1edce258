using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using ThreadedChat.ChatServer.Benchmarks.Load;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>All runs of all workloads: one of each in turn, so that what disturbs the machine for a while disturbs them alike.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LoadBenchmark
{
    /// <summary>Descriptors this process needs besides those for its connections, and the server does not.</summary>
    private const int ReservedFiles = 64;

    private readonly BenchOptions _options;
    private readonly IReadOnlyList<Workload> _workloads;

    public LoadBenchmark(BenchOptions options)
    {
        _options = options;
        _workloads = [.. options.Workloads.Select(Fit)];
        Report = new Report(options, _workloads);
    }

    /// <summary>What has come of it so far.</summary>
    public Report Report { get; }

    /// <summary>Runs them all, however many of them are faulty.</summary>
    /// <exception cref="BenchmarkException">It cannot go on.</exception>
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
                Outcome outcome = Run(load);
                Report.Add(load, run, outcome);
                Tell(load, run, outcome);
            }
        }
    }

    /// <summary>A run that does not count, so that the first that counts does not find this program half compiled.</summary>
    private void WarmUp() => Run(Workload.All.First(load => load.Channels == 1 && load.Senders > 1));

    private Outcome Run(Workload load) =>
        _options.Server is null ? RunWithOwnServer(load) : Run(load, _options.Server, _options.Process);

    private Outcome RunWithOwnServer(Workload load)
    {
        using var server = new ServerProcess(_options.Program);
        Outcome outcome = Run(load, server.Address, server.Id);
        if (!outcome.IsRight)
        {
            return outcome with { Trouble = server.Ending ?? outcome.Trouble + server.LastWord };
        }

        server.Stop();
        return outcome with { Trouble = server.Ending };
    }

    private Outcome Run(Workload load, EndPoint address, int? process)
    {
        using var run = new LoadRun(load, address, process is int id ? new ServerProbe(id) : null, _options.Timeout);
        return run.Execute();
    }

    private Workload Fit(Workload wanted)
    {
        Workload load = (_options.Quick ? wanted.Quick() : wanted).Scaled(_options.Scale);

        // A server on this machine decides by the same rule, and holds as many descriptors for them.
        (int connections, string reason) = MachineLimits.Decide(load.Connections + ReservedFiles);
        Workload fitting = load.LimitedTo(Math.Max(2, connections - ReservedFiles));
        if (fitting != load)
        {
            Console.Error.WriteLine($"{load.Name}: {fitting.Connections} connections instead of {load.Connections}, because of {reason}.");
        }

        return fitting;
    }

    private void Tell(Workload load, int run, Outcome outcome)
    {
        string trouble = outcome.Trouble is null ? "" : $" ({outcome.Trouble})";
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{load.Name}, run {run} of {_options.Runs}: {outcome.Measures.DeliveriesPerSecond:N0} deliveries/s, faults: {outcome.Faults}{trouble}"));
    }
}
