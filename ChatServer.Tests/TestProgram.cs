using Microsoft.Testing.Platform.Builder;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests;

/// <summary>
/// Runs the tests in this process: <c>dotnet ChatServer.Tests.dll --filter FILTER --settings FILE</c>, without the two processes
/// between which <c>dotnet test</c> divides the work. <c>dotnet test</c> does not use it.
/// </summary>
/// <returns>0: all passed. 2: a test failed. 8: the filter matches no test. Another code: the arguments are wrong, or the run ended early.</returns>
internal static class TestProgram
{
    private static async Task<int> Main(string[] args)
    {
        TextWriter output = Console.Out; // a test may replace it
        var counts = new ResultCounts();
        ITestApplicationBuilder builder = await TestApplication.CreateBuilderAsync(args, new TestApplicationOptions { EnableTelemetry = false });
        builder.AddMSTest(() => [typeof(TestProgram).Assembly]);
        builder.TestHost.AddDataConsumer(_ => counts);

        using ITestApplication application = await builder.BuildAsync();
        int exitCode = await application.RunAsync();

        await output.WriteLineAsync(counts.ToString());
        return exitCode;
    }
}
