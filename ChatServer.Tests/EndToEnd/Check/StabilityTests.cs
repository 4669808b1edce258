using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Server;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>The same program gets the same report: in each run, in any order of the cases, and from each case by itself.</summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class StabilityTests
{
    private const int Runs = 3;
    private const int Seeds = 12;

    private static readonly Timeouts Limits = new() { Reply = TimeSpan.FromSeconds(2) };

    private static readonly Timeouts Once = Limits with { Doubt = TimeSpan.Zero };

    private static readonly IReadOnlyList<CaseGroup<ServerFixture>> Light =
        CaseFilter.Choose(ServerCases.Groups, Checker.Light(AllSuites.Server));

    [TestMethod]
    public void A_server_with_a_race_gets_the_same_report_each_time()
    {
        // Each seed is another course of chance. In most of them the fault comes into some of the first plays.
        IEnumerable<string> reports = Enumerable.Range(1, Seeds).Select(seed => Reports(() => Checker.Server(
            ServerDouble.Source(ServerFault.AltersAnErrorNowAndThen, seed), Limits, Only("names", "control")))[0]);

        Assert.Contains("S-CTRL-01 NotAlways", reports);
    }

    [TestMethod]
    public void A_server_that_dies_some_time_after_a_reset_fails_only_the_cases_with_a_reset()
    {
        string[] reports = Reports(() => Check(ServerDouble.Source(ServerFault.DiesLateAfterReset), Once));

        Assert.AreEqual("S-LEFT-04 Failed, S-NET-04 Failed, S-NET-05 Failed", reports[0]);
    }

    [TestMethod]
    public void A_server_with_random_delays_passes_each_time()
    {
        string[] reports = Reports(() => Check(ServerDouble.Source(ServerFault.None, seed: 3, isSlow: true), Once));

        Assert.AreEqual("", reports[0]);
    }

    [TestMethod]
    [DataRow(ServerFault.None)]
    [DataRow(ServerFault.DiesLateAfterReset)]
    [DataRow(ServerFault.JoinStaysInOld)]
    [DataRow(ServerFault.BlankKills)]
    public void The_order_of_the_cases_changes_no_verdict(ServerFault fault)
    {
        IReadOnlyList<CaseGroup<ServerFixture>> listed = Only("messages", "join", "leaving");
        IReadOnlyList<CaseGroup<ServerFixture>> reversed =
            [.. listed.Reverse().Select(group => group with { Cases = [.. group.Cases.Reverse()] })];

        string inOrder = Report(Checker.Server(ServerDouble.Source(fault), Once, listed));

        Assert.AreEqual(inOrder, Report(Checker.Server(ServerDouble.Source(fault), Once, reversed)));
        Assert.AreEqual(inOrder, Report(listed.SelectMany(group => group.Cases, Single)
            .SelectMany(single => Checker.Server(ServerDouble.Source(fault), Once, [single]))));
    }

    /// <summary>Some groups: with all of them the tests would take minutes.</summary>
    private static CaseGroup<ServerFixture>[] Only(params string[] groups) => [.. Light.Where(group => groups.Contains(group.Id))];

    private static CaseGroup<ServerFixture> Single(CaseGroup<ServerFixture> group, Case<ServerFixture> one) => group with { Cases = [one] };

    private static List<CaseResult> Check(ChatCheck.Programs.IProgramSource source, Timeouts timeouts) =>
        Checker.Server(source, timeouts, Soak.IsOn ? Light : Only("names", "join", "leaving", "network"));

    private static string[] Reports(Func<List<CaseResult>> check)
    {
        var reports = new string[Runs];
        Together.Run(Enumerable.Range(0, Runs).Select<int, Action>(run => () => reports[run] = Report(check())), Limit.Build);
        Assert.AreEqual(1, reports.Distinct().Count(), string.Join('\n', reports));
        return reports;
    }

    /// <summary>What did not pass; a later result replaces an earlier one.</summary>
    private static string Report(IEnumerable<CaseResult> results) => string.Join(", ", results
        .GroupBy(result => result.Id)
        .Select(group => group.Last())
        .Where(result => result.Outcome != CaseOutcome.Passed)
        .OrderBy(result => result.Id, StringComparer.Ordinal)
        .Select(result => $"{result.Id} {result.Outcome}"));
}
