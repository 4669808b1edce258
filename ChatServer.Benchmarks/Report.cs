using System.Text.Json;
using System.Text.Json.Serialization;
using ThreadedChat.ChatServer.Benchmarks.Load;

namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>One run and what came of it.</summary>
internal sealed record RunReport(string Workload, int Run, int Connections, Outcome Outcome);

/// <summary>A workload over all its runs: the median of each figure, the sum of the faults.</summary>
internal sealed record WorkloadReport(string Workload, string Title, int Connections, long Deliveries, Faults Faults, Measures Median);

/// <summary>Collects the runs and puts them together.</summary>
internal sealed class Report(BenchOptions options, IReadOnlyList<Workload> workloads)
{
    private static readonly JsonSerializerOptions JsonFormat = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly List<RunReport> _runs = [];

    /// <summary>Why not all was run; null where it was.</summary>
    public string? BrokenOff { get; set; }

    /// <summary>True where all was run, and in every run every delivery was right.</summary>
    public bool IsRight => BrokenOff is null && _runs.TrueForAll(run => run.Outcome.IsRight);

    /// <summary>Every run so far.</summary>
    public IReadOnlyList<RunReport> Runs => _runs;

    /// <summary>Adds a run.</summary>
    public void Add(Workload load, int run, Outcome outcome) =>
        _runs.Add(new RunReport(load.Name, run, load.Connections, outcome));

    /// <summary>Each workload that was run, over all its runs.</summary>
    public IReadOnlyList<WorkloadReport> Summarise() => [.. workloads.Where(load => _runs.Exists(run => run.Workload == load.Name)).Select(load =>
    {
        Outcome[] outcomes = [.. _runs.Where(run => run.Workload == load.Name).Select(run => run.Outcome)];
        return new WorkloadReport(
            load.Name,
            load.Title,
            load.Connections,
            load.Deliveries,
            outcomes.Aggregate(default(Faults), (sum, outcome) => sum + outcome.Faults),
            Measures.MedianOf([.. outcomes.Select(outcome => outcome.Measures)]));
    })];

    /// <summary>All there is to know, as one JSON document.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Machine = new
            {
                Environment.ProcessorCount,
                System = Environment.OSVersion.VersionString,
                Runtime = Environment.Version.ToString(),
            },
            Server = options.Server?.ToString() ?? options.Program,
            options.Quick,
            options.Scale,
            IsRight,
            BrokenOff,
            Workloads = Summarise(),
            Runs,
        },
        JsonFormat);
}
