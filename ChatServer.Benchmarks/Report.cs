using System.Text.Json;
using System.Text.Json.Serialization;
using ThreadedChat.ChatServer.Benchmarks.Load;

namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>One run and its result.</summary>
internal sealed record RunReport(string Workload, int Run, int Connections, LoadOutcome Outcome);

/// <summary>All runs of a workload: the median of each figure, the sum of the errors.</summary>
internal sealed record WorkloadReport(
    string Workload, string Title, int Connections, long Deliveries, [property: JsonPropertyName("faults")] LoadErrors Errors, Measures Median);

/// <summary>The results of all runs.</summary>
internal sealed class Report(BenchOptions options, IReadOnlyList<Workload> workloads)
{
    private static readonly JsonSerializerOptions JsonFormat = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly List<RunReport> _runs = [];

    /// <summary>Why the benchmark stopped early; null if it did not.</summary>
    public string? BrokenOff { get; set; }

    /// <summary>True if all runs were made and every delivery was correct.</summary>
    public bool IsRight => BrokenOff is null && _runs.TrueForAll(run => run.Outcome.IsRight);

    public IReadOnlyList<RunReport> Runs => _runs;

    public void Add(Workload load, int run, LoadOutcome outcome) =>
        _runs.Add(new RunReport(load.Name, run, load.Connections, outcome));

    /// <summary>One entry for each workload that has run.</summary>
    public IReadOnlyList<WorkloadReport> Summarise() => [.. workloads.Where(load => _runs.Exists(run => run.Workload == load.Name)).Select(load =>
    {
        LoadOutcome[] outcomes = [.. _runs.Where(run => run.Workload == load.Name).Select(run => run.Outcome)];
        return new WorkloadReport(
            load.Name,
            load.Title,
            load.Connections,
            load.Deliveries,
            outcomes.Aggregate(default(LoadErrors), (sum, outcome) => sum + outcome.Errors),
            Measures.MedianOf([.. outcomes.Select(outcome => outcome.Measures)]));
    })];

    /// <summary>The whole report as one JSON document.</summary>
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
