using System.Net;
using ThreadedChat.ChatServer.Benchmarks.Load;

namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>What to run, and against which server. Immutable; ranges are checked by <see cref="BenchCommandLine"/>.</summary>
internal sealed record BenchOptions
{
    /// <summary>In the order in which they run.</summary>
    public required IReadOnlyList<Workload> Workloads { get; init; }

    /// <summary>Runs of each workload.</summary>
    public required int Runs { get; init; }

    /// <summary>Factor for the number of messages.</summary>
    public required double Scale { get; init; }

    /// <summary>Small loads that only check the deliveries.</summary>
    public required bool Quick { get; init; }

    /// <summary>One JSON document instead of a table.</summary>
    public required bool Json { get; init; }

    /// <summary>A run fails after this time without a delivery.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The path of the server that each run starts: a ChatServer.dll, or a program that needs no .NET.</summary>
    public required string Program { get; init; }

    /// <summary>A running server to use instead; null if each run starts one.</summary>
    public EndPoint? Server { get; init; }

    /// <summary>The process id of that server, if known.</summary>
    public int? Process { get; init; }
}
