using System.Net;
using ThreadedChat.ChatServer.Benchmarks.Load;

namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>What to run, and against which server. Immutable; ranges are checked by <see cref="CommandLine"/>.</summary>
internal sealed record BenchOptions
{
    /// <summary>In the order in which they run.</summary>
    public required IReadOnlyList<Workload> Workloads { get; init; }

    /// <summary>How often each runs.</summary>
    public required int Runs { get; init; }

    /// <summary>How many times its messages each workload has.</summary>
    public required double Scale { get; init; }

    /// <summary>Small loads, only to see that all is delivered.</summary>
    public required bool Quick { get; init; }

    /// <summary>One JSON document instead of a table.</summary>
    public required bool Json { get; init; }

    /// <summary>How long to wait without a delivery, before a run is given up.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The ChatServer.dll to start for each run.</summary>
    public required string Program { get; init; }

    /// <summary>A server that runs already, instead; null where there is none.</summary>
    public EndPoint? Server { get; init; }

    /// <summary>The process id of that server; null where it is not known.</summary>
    public int? Process { get; init; }
}
