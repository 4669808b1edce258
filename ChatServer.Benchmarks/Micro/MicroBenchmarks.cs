using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace ThreadedChat.ChatServer.Benchmarks.Micro;

/// <summary>Runs the micro benchmarks: time and allocated memory of the server's small parts.</summary>
internal static class MicroBenchmarks
{
    private const int Success = 0;
    private const int Failure = 1;

    /// <summary>
    /// Runs those that <paramref name="args"/>, BenchmarkDotNet's own, select; all where there are none. They run in this
    /// process: for a process of its own BenchmarkDotNet would build each class once more.
    /// </summary>
    public static int Run(string[] args)
    {
        // BenchmarkDotNet writes in colours, and for these the runtime changes a terminal that it knows, for good.
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
