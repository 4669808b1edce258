using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>Runs single cases of the checker as tests of our own programs.</summary>
internal static class Protocol
{
    /// <summary>Long, because a limit decides only how long a failing test takes. What passes runs once, and what fails too.</summary>
    public static readonly Timeouts Once = new() { Reply = Limit.Wait, Again = TimeSpan.Zero, Doubt = TimeSpan.Zero };

    /// <summary>The ids of all cases: a row of a test each.</summary>
    public static IEnumerable<string> Ids<TFixture>(IEnumerable<CaseGroup<TFixture>> groups) =>
        groups.SelectMany(group => group.Cases).Select(one => one.Id);

    /// <summary>Runs a case once. It must pass, also if it does not count for other programs.</summary>
    public static void MustPass<TFixture>(
        IEnumerable<CaseGroup<TFixture>> groups, string id, Timeouts timeouts, IFixtureFactory<TFixture> fixtures)
        where TFixture : class, IDisposable
    {
        CaseResult result;
        using (fixtures)
        {
            result = CaseRunner.Run(CaseFilter.Choose(groups, [id]), fixtures, timeouts).Single();
        }

        Assert.AreEqual(CaseOutcome.Passed, result.Outcome, Describe(result));
    }

    /// <summary>One of our programs, started as a user does.</summary>
    public static IProgramSource Program(params string[] words) =>
        new CommandSource(new CommandTemplate([Path.Combine(Repository.Root, "run.sh"), .. words]));

    /// <summary>A result as a person reads it.</summary>
    public static string Describe(CaseResult result)
    {
        Finding? finding = result.Finding;
        return $"""
            {result.Id}: {result.Rule.English}
            {finding?.What.English} {result.Reason?.English}
            expected: {finding?.Expected}
            received: {finding?.Received}
            {string.Join('\n', result.Transcript.Lines.Select(line => line.Shown.English))}
            """;
    }
}
