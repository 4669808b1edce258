using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Server;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>Runs the checker in this process.</summary>
internal static class Checker
{
    /// <summary>Long: a right program does not wait for it. A case that passes is played once.</summary>
    public static readonly Timeouts Patient = new() { Reply = TimeSpan.FromSeconds(20), Doubt = TimeSpan.Zero };

    /// <summary>As a user has it, but for cases that pass: they are played once.</summary>
    public static readonly Timeouts Usual = new() { Doubt = TimeSpan.Zero };

    /// <summary>Cases with thousands of messages or dozens of clients: left out in tests of something else.</summary>
    private static readonly string[] Heavy = ["S-FRAME-11", "S-NET-06", "S-NET-07", "S-NET-10"];

    /// <summary>Runs these cases, at least one.</summary>
    public static List<CaseResult> Run(Suite suite, IProgramSource source, Timeouts timeouts, IReadOnlyList<string> ids)
    {
        Assert.IsNotEmpty(ids); // no id means all cases
        return [.. suite.Run(new ProgramTarget(source), ids, timeouts)];
    }

    /// <summary>Runs these cases, which must pass.</summary>
    public static void MustPass(Suite suite, IProgramSource source, Timeouts timeouts, IReadOnlyList<string> ids)
    {
        foreach (CaseResult result in Run(suite, source, timeouts, ids))
        {
            Assert.AreEqual(CaseOutcome.Passed, result.Outcome, $"{result.Id}: {result.Finding} {result.Reason}");
        }
    }

    /// <summary>The ids of all cases that count: doubles follow the assignment, and differ where it is open.</summary>
    public static string[] ThatCount(Suite suite) => [.. suite.Cases.Where(one => one.Level != Level.Ours).Select(one => one.Id)];

    /// <summary>The same, but for those that take long.</summary>
    public static string[] Light(Suite suite) => [.. ThatCount(suite).Except(Heavy)];

    /// <summary>Runs these cases of a server, in this order.</summary>
    public static List<CaseResult> Server(IProgramSource source, Timeouts timeouts, IEnumerable<CaseGroup<ServerFixture>> groups)
    {
        using var fixtures = new ServerFixtureFactory(new StartedServer(source, timeouts), new ChannelNames(""), timeouts);
        return [.. CaseRunner.Run([.. groups], fixtures, timeouts)];
    }
}
