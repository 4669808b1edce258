using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// A chat server in a process of its own: for signals, limits, and figures that are the server's alone. Killed at its end,
/// where it must be running, without a fault in its log.
/// </summary>
internal sealed partial class LiveServer : ServerUnderTest
{
    private bool _hasEnded;

    /// <summary>Takes over a server that is starting, and waits until it listens.</summary>
    public LiveServer(ChatProcess process)
    {
        Process = process;
        Port = RunScript.AwaitPort(process);
    }

    /// <summary>A server on a free port, with these options.</summary>
    public static LiveServer Start(params IEnumerable<string> options) => new(RunScript.Start(["server", "0", .. options]));

    /// <summary>The same, started by a line of bash that ends in <c>"$@"</c>: <c>ulimit -n 200; exec "$@"</c>.</summary>
    public static LiveServer StartUnder(string line, params IEnumerable<string> options) =>
        new(RunScript.StartBash(line, ["./run.sh", "server", "0", .. options]));

    public override int Port { get; }

    public ChatProcess Process { get; }

    /// <summary>Everything it has logged.</summary>
    public string Log => Process.Error.All;

    /// <summary>Its figures now.</summary>
    public ProcessFigures Figures => Process.Figures;

    /// <summary>How many connections it has closed for this reason, by its log; other reasons than slow consumers need <c>--log-level debug</c>.</summary>
    public int Closed(string reason) => Regex.Count(Log, $@"Connection \d+ closed: {reason}\b");

    /// <summary>The share of one processor that it uses during the next second.</summary>
    public double ProcessorShare()
    {
        ProcessFigures before = Figures;
        var clock = Stopwatch.StartNew();
        Assert.IsFalse(Process.HasExitedWithin(TimeSpan.FromSeconds(1)), $"The server has ended: {Log}");
        return (Figures.Processor - before.Processor) / clock.Elapsed;
    }

    /// <summary>Waits until it has no more threads and files than <paramref name="baseline"/>, but for a few of the runtime's own.</summary>
    public void AwaitBackTo(ProcessFigures baseline)
    {
        const int Few = 8;
        ProcessFigures now = default;
        bool isBack = SpinWait.SpinUntil(
            () =>
            {
                now = Figures;
                return now.Threads <= baseline.Threads + Few && now.Files <= baseline.Files + Few;
            },
            Limit.Wait);
        Assert.IsTrue(isBack, $"Not within {Limit.Wait.TotalSeconds} s back to {baseline}: still {now}");
    }

    /// <summary>Waits for its end after a signal. Returns its exit code.</summary>
    public int AwaitExit()
    {
        _hasEnded = true;
        return Process.AwaitExit();
    }

    /// <summary>Ends it as a machine that fails would.</summary>
    public void Kill()
    {
        Process.Kill();
        AwaitExit();
    }

    public override void Dispose()
    {
        bool isWell = _hasEnded || !Process.HasExitedWithin(TimeSpan.Zero);
        base.Dispose();
        Process.Dispose();
        Assert.IsTrue(isWell, $"The server has ended by itself: {Log}");
        Assert.DoesNotMatchRegex(FaultLine(), Log);
    }

    [GeneratedRegex("(fail|crit): |Unhandled exception")]
    private static partial Regex FaultLine();
}
