using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace ThreadedChat.ChatServer.Benchmarks.Micro;

/// <summary>Runs the micro benchmarks: time and allocated memory of single parts of the code.</summary>
internal static class MicroBenchmarks
{
    private const int Success = 0;
    private const int Failure = 1;

    /// <summary>
    /// Runs the benchmarks that <paramref name="args"/> of BenchmarkDotNet select; without arguments all of them. They run in this process,
    /// because BenchmarkDotNet would build each class again for a separate process.
    /// </summary>
    public static int Run(string[] args)
    {
        // BenchmarkDotNet writes in colours, and then the runtime changes a terminal that it knows and does not restore it.
        Environment.SetEnvironmentVariable("TERM", null);

        string[] selected = args is [] ? ["--filter", "*"] : args;
        IConfig config = DefaultConfig.Instance
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.Artifacts"));
        Summary[] summaries =
        [
            .. BenchmarkSwitcher.FromAssembly(typeof(MicroBenchmarks).Assembly).Run([.. selected, "--inProcess"], config),
        ];
        return Array.TrueForAll(summaries, s => !s.HasCriticalValidationErrors && s.Reports.All(r => r.Success)) ? Success : Failure;
    }
}
