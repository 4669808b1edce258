using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Server;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>Servers of the extended mode that are wrong in one way: each fault is found by the case that is meant for it.</summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class ExtendedFaultTests
{
    private static readonly Suite Suite = AllSuites.Server.Extended!;

    /// <summary>Short: what is wrong often waits for something that never comes. An answer that is late only fails a case that is to fail.</summary>
    private static readonly Timeouts Brief = new()
    {
        Reply = TimeSpan.FromMilliseconds(500),
        Again = TimeSpan.Zero,
        Doubt = TimeSpan.Zero,
        Delivery = TimeSpan.Zero,
    };

    private static readonly (ExtendedFault Fault, string Meant)[] Faults =
    [
        (ExtendedFault.WhoUnsorted, "X-WHO-01"),
        (ExtendedFault.WhoToldToAll, "X-WHO-01"),
        (ExtendedFault.WhoOfOwnChannelOnly, "X-WHO-02"),
        (ExtendedFault.WhoNobodyUnanswered, "X-WHO-03"),
        (ExtendedFault.WhoCutsTheRest, "X-WHO-04"),
        (ExtendedFault.NameTakenTwice, "X-NAME-01"),
        (ExtendedFault.NameInUseStaysConnected, "X-NAME-01"),
        (ExtendedFault.NameComparedToTheLetter, "X-NAME-01"),
        (ExtendedFault.MsgToChannelOnly, "X-MSG-01"),
        (ExtendedFault.MsgOneBracket, "X-MSG-01"),
        (ExtendedFault.MsgEchoed, "X-MSG-01"),
        (ExtendedFault.MsgWithoutTextDelivered, "X-MSG-02"),
        (ExtendedFault.MsgToNobodyUnanswered, "X-MSG-02"),
        (ExtendedFault.MsgLongestName, "X-MSG-03"),
        (ExtendedFault.MsgCut, "X-MSG-04"),
        (ExtendedFault.MsgOvertakes, "X-MSG-05"),
        (ExtendedFault.LeaveSilent, "X-LEAVE-01"),
        (ExtendedFault.LeaveTold, "X-LEAVE-01"),
        (ExtendedFault.LeaveStays, "X-LEAVE-02"),
        (ExtendedFault.LeaveUnanswered, "X-LEAVE-03"),
        (ExtendedFault.HelpInOneMessage, "X-HELP-01"),
        (ExtendedFault.HelpIncomplete, "X-HELP-01"),
        (ExtendedFault.CommandsInAnyCase, "X-HELP-02"),
        (ExtendedFault.InvalidNamesMore, "X-HELP-02"),
        (ExtendedFault.HistoryNewestFirst, "X-HIST-01"),
        (ExtendedFault.HistoryWithoutTime, "X-HIST-01"),
        (ExtendedFault.HistoryTen, "X-HIST-02"),
        (ExtendedFault.HistoryUnlimited, "X-HIST-03"),
        (ExtendedFault.HistoryClamped, "X-HIST-03"),
        (ExtendedFault.HistoryForAll, "X-HIST-04"),
        (ExtendedFault.HistoryWithNotices, "X-HIST-05"),
        (ExtendedFault.HistoryWithPrivate, "X-HIST-05"),
        (ExtendedFault.HistoryCut, "X-HIST-06"),
        (ExtendedFault.SearchToTheLetter, "X-SEARCH-01"),
        (ExtendedFault.SearchAnyWord, "X-SEARCH-01"),
        (ExtendedFault.SearchOldest, "X-SEARCH-02"),
        (ExtendedFault.SearchOfAllChannels, "X-SEARCH-03"),
        (ExtendedFault.SearchUnanswered, "X-SEARCH-03"),
        (ExtendedFault.SearchParts, "X-SEARCH-04"),
    ];

    [TestMethod]
    public void A_right_server_passes_all_cases() => Checker.MustPass(
        Suite, ExtendedDouble.Source(ExtendedFault.None), Checker.Patient with { Delivery = TimeSpan.Zero }, ["X-"]);

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void The_case_that_is_meant_for_a_fault_finds_it(ExtendedFault fault, string meant)
    {
        CaseResult result = Checker.Run(Suite, ExtendedDouble.Source(fault), Brief, [meant]).Single();

        Assert.AreEqual(CaseOutcome.Failed, result.Outcome, $"{meant} has not found it.");
    }

    [TestMethod]
    public void Every_fault_has_a_row_and_every_case_a_fault()
    {
        Assert.AreSequenceEqual(Enum.GetValues<ExtendedFault>().Skip(1), Faults.Select(row => row.Fault));
        Assert.IsEmpty(ExtendedCases.Group.Cases.Select(one => one.Id).Except(Faults.Select(row => row.Meant)));
    }

    [TestMethod]
    public void A_server_without_the_mode_gets_one_finding_and_a_server_without_a_history_gets_none()
    {
        Assert.IsTrue(Checker.Run(Suite, ServerDouble.Source(ServerFault.None), Brief, ["X-LEAVE-01", "X-HELP-01"]).TrueForAll(result => result.Outcome == CaseOutcome.Failed));
        Assert.IsTrue(Checker.Run(Suite, ServerDouble.Source(ServerFault.None), Checker.Patient, ["X-HIST-01", "X-SEARCH-01"]).TrueForAll(result => result.Outcome == CaseOutcome.Skipped));
    }

    [TestMethod]
    public void The_cases_are_only_in_the_extended_suite()
    {
        Assert.IsFalse(AllSuites.Server.Cases.Any(one => one.Id.StartsWith("X-", StringComparison.Ordinal)));
        Assert.IsTrue(Suite.Cases.All(one => one.Id.StartsWith("X-", StringComparison.Ordinal) == (one.Group == ExtendedCases.Group.Id)));
        Assert.IsTrue(ExtendedCases.Group.Cases.All(one => one.Level == Level.Ours));
    }
}
