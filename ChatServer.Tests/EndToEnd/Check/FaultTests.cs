using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>Programs that are wrong in one way: each fault is found by the case that is meant for it, and by no others than those named.</summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class FaultTests
{
    /// <summary>With such a fault almost nothing works, so the other cases are not judged.</summary>
    private const string All = "all";

    private const int MostAffected = 8;

    /// <summary>Short: what is wrong often waits for something that never comes.</summary>
    private static readonly Timeouts Brief = new() { Reply = TimeSpan.FromSeconds(1), Again = TimeSpan.Zero, Doubt = TimeSpan.Zero };

    // In a normal test run only the other cases of the same group are looked at.
    private static readonly (ServerFault Fault, string Meant, string Others)[] ServerFaults =
    [
        (ServerFault.NoPadding, "S-FRAME-01", All),
        (ServerFault.PadsWithZeros, "S-FRAME-01", ""),
        (ServerFault.FrameOneByteLong, "S-FRAME-01", All),
        (ServerFault.HeaderAndNoPadding, "S-FRAME-01", All),
        (ServerFault.ReceiveIsMessage, "S-FRAME-02", All),
        (ServerFault.OneMessagePerReceive, "S-FRAME-05", "S-MSG-08 S-MSG-10 S-FRAME-06 S-FRAME-07 S-NET-05 S-NET-08"),
        (ServerFault.SharedBuffer, "S-FRAME-08", "S-FRAME-09 S-FRAME-10 S-NET-03"),
        (ServerFault.NameNotStripped, "S-NAME-01", All),
        (ServerFault.NameIgnored, "S-NAME-01", All),
        (ServerFault.EchoToSender, "S-MSG-02", ""),
        (ServerFault.MessageToAllChannels, "S-MSG-03", "S-MSG-04 S-CREATE-04 S-JOIN-05 S-JOIN-06"),
        (ServerFault.EverythingToAll, "S-MSG-03", "S-MSG-04 S-CREATE-04 S-JOIN-03 S-JOIN-05 S-JOIN-06 S-LEFT-02 S-LEFT-06"),
        (ServerFault.EverythingToActorToo, "S-MSG-02", "S-JOIN-02"),
        (ServerFault.MessageWithoutName, "S-NAME-01", All),
        (ServerFault.MessageFormAltered, "S-NAME-01", All),
        (
            ServerFault.MessageTwice,
            "S-MSG-01",
            "S-MSG-08 S-LEFT-04 S-LEFT-08 S-FRAME-02 S-FRAME-05 S-FRAME-07 S-FRAME-08 S-FRAME-09 S-FRAME-10 S-NET-02 S-NET-03 S-NET-04 "
            + "S-NET-05 S-NET-08"),
        (ServerFault.MessagesSwapped, "S-MSG-08", "S-NET-05 S-NET-08"),
        (ServerFault.NoChannelIsAChannel, "S-MSG-06", ""),
        (ServerFault.CollapsesBlanks, "S-MSG-07", ""),
        (ServerFault.NotInChannelAltered, "S-MSG-05", ""),
        (ServerFault.InvalidAltered, "S-CTRL-01", ""),
        (ServerFault.InvalidUnanswered, "S-CTRL-01", ""),
        (ServerFault.InvalidDelivered, "S-CTRL-02", All),
        (ServerFault.CreateDoesNotEnter, "S-CREATE-01", All),
        (ServerFault.CreateAnswered, "S-CREATE-02", ""),
        (ServerFault.CreateSilentLeave, "S-CREATE-03", ""),
        (ServerFault.CreateStaysInOld, "S-CREATE-04", ""),
        (ServerFault.CreateExistingAltered, "S-CREATE-06", ""),
        (ServerFault.CreateExistingEnters, "S-CREATE-07", ""),
        (ServerFault.CreateArgumentAltered, "S-CREATE-05", ""),
        (ServerFault.JoinSilent, "S-JOIN-01", "S-LEFT-07 S-FRAME-03 S-FRAME-04 S-FRAME-06"),
        (ServerFault.JoinedAltered, "S-JOIN-01", "S-LEFT-07 S-FRAME-03 S-FRAME-04 S-FRAME-06"),
        (ServerFault.JoinToldToJoiner, "S-JOIN-02", ""),
        (ServerFault.JoinToldToAll, "S-JOIN-03", ""),
        (ServerFault.JoinSilentLeave, "S-JOIN-04", ""),
        (ServerFault.JoinStaysInOld, "S-JOIN-05", ""),
        (ServerFault.JoinSpeaksToOld, "S-JOIN-06", ""),
        (ServerFault.JoinUnknownAltered, "S-JOIN-08", ""),
        (ServerFault.JoinUnknownLeaves, "S-JOIN-09", ""),
        (ServerFault.JoinUnknownCreates, "S-LIST-04", ""),
        (ServerFault.JoinArgumentAltered, "S-JOIN-07", ""),
        (ServerFault.ListNamesLast, "S-LIST-02", ""),
        (ServerFault.ListToAll, "S-LIST-03", ""),
        (ServerFault.ListTwice, "S-LIST-02", "S-LIST-03 S-LIST-04"),
        (ServerFault.LeftSilent, "S-LEFT-01", "S-LEFT-02 S-LEFT-03 S-LEFT-04 S-LEFT-05 S-LEFT-07"),
        (ServerFault.LeftToldToAll, "S-LEFT-02", ""),
        (ServerFault.LeftTwice, "S-LEFT-03", ""),
        (ServerFault.LeftAltered, "S-LEFT-01", "S-CREATE-03 S-JOIN-04 S-LEFT-04 S-LEFT-05"),
        (ServerFault.DiesOnReset, "S-LEFT-04", "S-NET-04 S-NET-05"),
        (ServerFault.DiesLateAfterReset, "S-LEFT-04", "S-NET-04 S-NET-05"),
        (ServerFault.DiesOnNamelessLeave, "S-LEFT-06", "S-NET-04"),
        (ServerFault.BlankKills, "S-MSG-10", ""),
        (ServerFault.BlocksOnNameless, "S-NET-02", "S-NET-03"),
        (ServerFault.OneClientAtATime, "S-NET-01", All),
        (ServerFault.BlocksOnStalledReader, "S-NET-06", ""),
        (ServerFault.FloodsNewcomer, "S-NAME-01", All),
        (ServerFault.HalfMessageDelivered, "S-LEFT-05", ""),
        (ServerFault.SeventeenClients, "S-NET-07", ""),
        (ServerFault.Hangs, "S-CTRL-01", "S-CTRL-02"),
        (ServerFault.AltersAnErrorNowAndThen, "S-CTRL-01", ""),
        (ServerFault.LosesAMessageNowAndThen, "S-MSG-08", All),
    ];

    private static readonly (ClientFault Fault, string Meant, string Others)[] ClientFaults =
    [
        (ClientFault.SendsNoName, "C-SEND-01", "C-SEND-03"),
        (ClientFault.NoPadding, "C-SEND-03", "C-SEND-01 C-SEND-02 C-SEND-04 C-SEND-05 C-SEND-06 C-SEND-07 C-SHOW-07"),
        (ClientFault.PadsWithZeros, "C-SEND-03", ""),
        (ClientFault.FrameOneByteLong, "C-SEND-03", "C-SEND-02 C-SEND-04 C-SEND-05 C-SEND-06 C-SEND-07 C-SHOW-07"),
        (ClientFault.FullLineOneByteLong, "C-SEND-07", ""),
        (ClientFault.KeepsCommands, "C-SEND-04", ""),
        (ClientFault.SendsOnlyFirstLine, "C-SEND-05", "C-SEND-04 C-SEND-06 C-SEND-07"),
        (
            ClientFault.NeverReadsBeforeTyping,
            "C-SHOW-04",
            "C-SHOW-03 C-SHOW-05 C-SHOW-06 C-SHOW-08 C-SHOW-09 C-SHOW-10 C-SHOW-11 C-SHOW-12 C-END-01 C-END-02 C-END-05 C-END-06 C-END-07"),
        (ClientFault.StopsSendingAfterMessage, "C-SEND-06", ""),
        (ClientFault.NoPromptAtStart, "C-SHOW-01", ""),
        (ClientFault.NoPromptAfterLine, "C-SHOW-02", ""),
        (ClientFault.NoPromptAfterMessage, "C-SHOW-03", ""),
        (ClientFault.NoNewline, "C-SHOW-04", "C-SHOW-05 C-SHOW-06 C-SHOW-07 C-SHOW-08 C-SHOW-09 C-SHOW-10 C-SHOW-11 C-SHOW-12 C-END-07"),
        (ClientFault.DoesNotWipe, "C-SHOW-05", ""),
        (ClientFault.PrintsPadding, "C-SHOW-06", ""),
        (ClientFault.PrintsHalfFrames, "C-SHOW-07", "C-SHOW-08 C-SHOW-09 C-SHOW-11 C-END-06"),
        (ClientFault.OneMessagePerReceive, "C-SHOW-08", "C-SHOW-09 C-SHOW-11"),
        (ClientFault.ListInOneLine, "C-SHOW-10", ""),
        (ClientFault.CutsLongMessages, "C-SHOW-12", ""),
        (ClientFault.SilentDisconnect, "C-END-01", "C-END-05 C-END-06 C-END-07"),
        (ClientFault.StaysAfterDisconnect, "C-END-02", ""),
        (ClientFault.CannotConnectSilent, "C-END-03", ""),
        (ClientFault.CannotConnectStays, "C-END-04", ""),
        (ClientFault.ResetSilent, "C-END-05", ""),
        (ClientFault.HalfAtEndShown, "C-END-06", ""),
        (ClientFault.LastWordsLost, "C-END-07", ""),
        (
            ClientFault.NeverFlushes,
            "C-SHOW-01",
            "C-SHOW-02 C-SHOW-03 C-SHOW-04 C-SHOW-05 C-SHOW-06 C-SHOW-07 C-SHOW-08 C-SHOW-09 C-SHOW-10 C-SHOW-11 C-SHOW-12 C-END-01 "
            + "C-END-03 C-END-05 C-END-06 C-END-07"),
    ];

    private static readonly (BasicFault Fault, string Meant, string Others)[] BasicServerFaults =
    [
        (BasicFault.ServerPrintsNothing, "BS-01", "BS-02 BS-03 BS-04 BS-05 BS-06"),
        (BasicFault.ServerStopsAfterFirst, "BS-02", "BS-03 BS-06"),
        (BasicFault.ServerServesAllAtOnce, "BS-03", ""),
        (BasicFault.ServerReadsOnce, "BS-04", "BS-05"),
        (BasicFault.ServerCutsLong, "BS-05", ""),
        (BasicFault.ServerDiesOnReset, "BS-06", ""),
    ];

    private static readonly (BasicFault Fault, string Meant, string Others)[] BasicClientFaults =
    [
        (BasicFault.ClientSendsNothing, "BC-01", "BC-03"),
        (BasicFault.ClientStaysConnected, "BC-02", ""),
        (BasicFault.ClientCutsLong, "BC-03", ""),
    ];

    private static IEnumerable<string> ServerGroups => Groups(AllSuites.Server);

    private static IEnumerable<string> ClientGroups => Groups(AllSuites.Client);

    [TestMethod]
    [DynamicData(nameof(ServerGroups))]
    public void A_right_server_passes_all_cases_that_count(string group) =>
        MustPass(AllSuites.Server, ServerDouble.Source(ServerFault.None), group);

    [TestMethod]
    [DynamicData(nameof(ClientGroups))]
    public void A_right_client_passes_all_cases_that_count(string group) =>
        MustPass(AllSuites.Client, ClientDouble.Source(ClientFault.None), group);

    [TestMethod]
    public void Right_programs_of_part_0_pass_all_cases_that_count()
    {
        MustPass(AllSuites.BasicServer, BasicDoubles.Server(BasicFault.None), "basic-server");
        MustPass(AllSuites.BasicClient, BasicDoubles.Client(BasicFault.None), "basic-client");
    }

    [TestMethod]
    [DynamicData(nameof(ServerFaults))]
    public void A_fault_of_a_server_is_found(ServerFault fault, string meant, string others) =>
        IsFound(AllSuites.Server, ServerDouble.Source(fault), meant, others, isSteady: !$"{fault}".EndsWith("NowAndThen", StringComparison.Ordinal));

    [TestMethod]
    [DynamicData(nameof(ClientFaults))]
    public void A_fault_of_a_client_is_found(ClientFault fault, string meant, string others) =>
        IsFound(AllSuites.Client, ClientDouble.Source(fault), meant, others);

    [TestMethod]
    [DynamicData(nameof(BasicServerFaults))]
    public void A_fault_of_a_basic_server_is_found(BasicFault fault, string meant, string others) =>
        IsFound(AllSuites.BasicServer, BasicDoubles.Server(fault), meant, others);

    [TestMethod]
    [DynamicData(nameof(BasicClientFaults))]
    public void A_fault_of_a_basic_client_is_found(BasicFault fault, string meant, string others) =>
        IsFound(AllSuites.BasicClient, BasicDoubles.Client(fault), meant, others);

    /// <summary>Several cases of the network use a rule that has a case of its own.</summary>
    [TestMethod]
    [DataRow(ServerFault.LeftSilent, "S-NET-05")]
    [DataRow(ServerFault.LeftAltered, "S-NET-05")]
    [DataRow(ServerFault.LeftTwice, "S-NET-05", "S-NET-10")]
    public void A_case_does_not_judge_the_rule_of_another_one(ServerFault fault, params string[] ids) =>
        Checker.MustPass(AllSuites.Server, ServerDouble.Source(fault), Checker.Patient, ids);

    [TestMethod]
    public void Every_fault_has_a_row()
    {
        Assert.AreSequenceEqual(Enum.GetValues<ServerFault>().Skip(1), ServerFaults.Select(row => row.Fault));
        Assert.AreSequenceEqual(Enum.GetValues<ClientFault>().Skip(1), ClientFaults.Select(row => row.Fault));
        Assert.AreSequenceEqual(Enum.GetValues<BasicFault>().Skip(1), BasicServerFaults.Concat(BasicClientFaults).Select(row => row.Fault));
    }

    /// <summary>
    /// The case that is meant fails, and all others pass but those named: in a normal test run those of its group, in full size all.
    /// </summary>
    private static void IsFound(Suite suite, IProgramSource source, string meant, string others, bool isSteady = true)
    {
        // A fault that is there now and then takes more plays. Whether the program has read what was sent is a look into the system's
        // list of sockets, which is slow: only cases about the pieces of a stream need it.
        Timeouts timeouts = isSteady ? Brief : Brief with { Again = Limit.Wait, Doubt = Limit.Wait };
        TimeSpan delivery = IsAboutPieces(meant) ? Brief.Delivery : TimeSpan.Zero;
        List<CaseResult> results = Checker.Run(suite, source, timeouts with { Delivery = delivery }, [meant, .. Affected(suite, meant, others)]);
        CaseResult result = results.Single(one => one.Id == meant);
        Assert.IsTrue(result.Outcome is CaseOutcome.Failed or CaseOutcome.NotAlways, $"{meant} has not found it: {result.Outcome}");
        CaseResult[] failed = [.. FollowingFailures.Mark(results).Where(one => one.Outcome is CaseOutcome.Failed or CaseOutcome.NotAlways)];
        Assert.HasCount(
            1, failed.Where(one => one.FollowsFrom is null), $"The fault costs more than once: {string.Join(", ", failed.Select(one => $"{one.Id} < {one.FollowsFrom}"))}");

        if (others != All)
        {
            string group = suite.Cases.Single(one => one.Id == meant).Group;
            string[] right =
            [
                .. (Soak.IsOn ? Checker.Light(suite) : InGroup(suite, group, Checker.Light(suite))).Except([meant, .. others.Split(' ')]),
            ];
            if (right.Length > 0)
            {
                Checker.MustPass(suite, source, Checker.Usual with { Delivery = delivery }, right);
            }
        }
    }

    /// <summary>The other cases that the fault fails: one fault must count once. All of them in full size; otherwise only if they are few.</summary>
    private static string[] Affected(Suite suite, string meant, string others) =>
        others == All ? Soak.IsOn ? [.. Checker.Light(suite).Except([meant])] : []
        : others.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { } ids && (Soak.IsOn || ids.Length <= MostAffected) ? ids : [];

    private static bool IsAboutPieces(string id) =>
        id.StartsWith("S-FRAME", StringComparison.Ordinal) || id is "S-LEFT-05" or "S-MSG-08" or "C-SHOW-07" or "C-SHOW-08" or "C-END-06";

    private static void MustPass(Suite suite, IProgramSource source, string group) =>
        Checker.MustPass(suite, source, Checker.Patient, [.. InGroup(suite, group, Checker.ThatCount(suite))]);

    private static IEnumerable<string> InGroup(Suite suite, string group, string[] ids) =>
        suite.Cases.Where(one => one.Group == group).Select(one => one.Id).Intersect(ids);

    private static IEnumerable<string> Groups(Suite suite) => suite.Cases.Select(one => one.Group).Distinct();
}
