using System.Runtime.InteropServices;
using ThreadedChat.Common.Streams;

namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>The benchmarks: <c>micro</c> measures single parts of the code, otherwise a load on a whole server.</summary>
internal static class Program
{
    private const int Success = 0;
    private const int Failure = 1;

    private static int Main(string[] args)
    {
        StandardWriter output = StandardStreams.Open();
        FirstProcess.EndOn(PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT);
        int exitCode = args is ["micro", .. string[] rest] ? Micro.MicroBenchmarks.Run(rest) : BenchCommandLine.Run(args, RunLoad);
        if (output.Failure is string failure && exitCode == Success)
        {
            Console.Error.WriteLine($"Cannot print the report: {failure}");
            exitCode = Failure;
        }

        return exitCode;
    }

    private static int RunLoad(BenchOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("The load benchmark needs Linux (epoll and /proc); the micro benchmarks run anywhere.");
            return Failure;
        }

        var benchmark = new LoadBenchmark(options);
        Report report = benchmark.Report;
        try
        {
            benchmark.Run();
        }
        catch (BenchmarkException e)
        {
            report.BrokenOff = e.Message;
            Console.Error.WriteLine(e.Message);
        }

        Console.Write(options.Json ? report.ToJson() + "\n" : ReportTable.Format(report));
        return report.IsRight ? Success : Failure;
    }
}
