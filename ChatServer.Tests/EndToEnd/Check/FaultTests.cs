using System.Collections.Concurrent;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>
/// Programs that are wrong in one way: each fault is found by the case that is meant for it, and by few others. All of
/// the rows run at the same time, because most of their time they wait.
/// </summary>
[TestClass]
public sealed class FaultTests
{
    private const int AtATime = 24;

    /// <summary>As many others as there are: with such a fault next to nothing works, and one group tells enough.</summary>
    private const int Everything = 100;

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void A_right_server_passes_all_that_counts() => MustPass(Checker.Server(ServerDouble.Source(ServerFault.None)));

    [TestMethod]
    public void A_right_client_passes_all_that_counts() => MustPass(Checker.RightClient(ClientDouble.Source(ClientFault.None)));

    [TestMethod]
    public void Right_programs_of_part_0_pass_all_that_counts()
    {
        MustPass(Checker.RightBasicServer(BasicDoubles.Server(BasicFault.None)));
        MustPass(Checker.RightBasicClient(BasicDoubles.Client(BasicFault.None)));
    }

    /// <summary>In a normal test run the group of the case that is meant; in full size all, which takes minutes.</summary>
    [TestMethod]
    [TestCategory(Soak.Category)]
    public void Each_fault_of_a_server_is_found_by_its_case() => EachIsFound(
        (row, again) => Checker.FaultyServer(
            ServerDouble.Source(row.Fault), row.Meant, onlyItsGroup: !Soak.IsOn || row.MostOthers == Everything, again),
        (ServerFault.NoPadding, "S-FRAME-01", Everything),
        (ServerFault.PadsWithZeros, "S-FRAME-01", 0),
        (ServerFault.FrameOneByteLong, "S-FRAME-01", Everything),
        (ServerFault.ReceiveIsMessage, "S-FRAME-02", Everything),
        (ServerFault.OneMessagePerReceive, "S-FRAME-05", 8),
        (ServerFault.SharedBuffer, "S-FRAME-08", 4),
        (ServerFault.NameNotStripped, "S-NAME-01", Everything),
        (ServerFault.EchoToSender, "S-MSG-02", 4),
        (ServerFault.MessageToAllChannels, "S-MSG-03", 6),
        (ServerFault.MessageWithoutName, "S-NAME-01", Everything),
        (ServerFault.MessageTwice, "S-MSG-01", 12),
        (ServerFault.MessagesSwapped, "S-MSG-08", 3),
        (ServerFault.NoChannelIsAChannel, "S-MSG-06", 1),
        (ServerFault.CollapsesBlanks, "S-MSG-07", 0),
        (ServerFault.NotInChannelAltered, "S-MSG-05", 0),
        (ServerFault.InvalidAltered, "S-CTRL-01", 0),
        (ServerFault.InvalidUnanswered, "S-CTRL-01", 0),
        (ServerFault.InvalidDelivered, "S-CTRL-02", Everything),
        (ServerFault.CreateDoesNotEnter, "S-CREATE-01", Everything),
        (ServerFault.CreateAnswered, "S-CREATE-02", 0),
        (ServerFault.CreateSilentLeave, "S-CREATE-03", 0),
        (ServerFault.CreateStaysInOld, "S-CREATE-04", 0),
        (ServerFault.CreateExistingAltered, "S-CREATE-06", 0),
        (ServerFault.CreateExistingEnters, "S-CREATE-07", 1),
        (ServerFault.CreateArgumentAltered, "S-CREATE-05", 0),
        (ServerFault.JoinSilent, "S-JOIN-01", 6),
        (ServerFault.JoinToldToJoiner, "S-JOIN-02", 1),
        (ServerFault.JoinToldToAll, "S-JOIN-03", 3),
        (ServerFault.JoinSilentLeave, "S-JOIN-04", 0),
        (ServerFault.JoinStaysInOld, "S-JOIN-05", 0),
        (ServerFault.JoinSpeaksToOld, "S-JOIN-06", 0),
        (ServerFault.JoinUnknownAltered, "S-JOIN-08", 0),
        (ServerFault.JoinUnknownLeaves, "S-JOIN-09", 1),
        (ServerFault.JoinUnknownCreates, "S-LIST-04", 1),
        (ServerFault.JoinArgumentAltered, "S-JOIN-07", 0),
        (ServerFault.ListNamesLast, "S-LIST-02", 1),
        (ServerFault.ListToAll, "S-LIST-03", 0),
        (ServerFault.ListTwice, "S-LIST-02", 2),
        (ServerFault.LeftSilent, "S-LEFT-01", 7),
        (ServerFault.LeftToldToAll, "S-LEFT-02", 2),
        (ServerFault.LeftTwice, "S-LEFT-03", 3),
        (ServerFault.DiesOnReset, "S-LEFT-04", 3),
        (ServerFault.DiesLateAfterReset, "S-LEFT-04", 3),
        (ServerFault.DiesOnNamelessLeave, "S-LEFT-06", 1),
        (ServerFault.BlankKills, "S-MSG-10", 0),
        (ServerFault.BlocksOnNameless, "S-NET-02", 2),
        (ServerFault.OneClientAtATime, "S-NET-01", Everything),
        (ServerFault.BlocksOnStalledReader, "S-NET-06", 0),
        (ServerFault.FloodsNewcomer, "S-NAME-01", Everything),
        (ServerFault.HalfMessageDelivered, "S-LEFT-05", 0),
        (ServerFault.SeventeenClients, "S-NET-07", 0),
        (ServerFault.Hangs, "S-CTRL-01", 1),
        (ServerFault.AltersAnErrorNowAndThen, "S-CTRL-01", 0),
        (ServerFault.LosesAMessageNowAndThen, "S-MSG-08", Everything));

    [TestMethod]
    public void Each_fault_of_a_client_is_found_by_its_case() => EachIsFound(
        (row, again) => Checker.FaultyClient(ClientDouble.Source(row.Fault), again),
        (ClientFault.SendsNoName, "C-SEND-01", 1),
        (ClientFault.NoPadding, "C-SEND-03", 7),
        (ClientFault.PadsWithZeros, "C-SEND-03", 0),
        (ClientFault.FullLineOneByteLong, "C-SEND-07", 0),
        (ClientFault.KeepsCommands, "C-SEND-04", 0),
        (ClientFault.SendsOnlyFirstLine, "C-SEND-05", 5),
        (ClientFault.NeverReadsBeforeTyping, "C-SHOW-04", 14),
        (ClientFault.StopsSendingAfterMessage, "C-SEND-06", 0),
        (ClientFault.NoPromptAtStart, "C-SHOW-01", 0),
        (ClientFault.NoPromptAfterLine, "C-SHOW-02", 0),
        (ClientFault.NoPromptAfterMessage, "C-SHOW-03", 0),
        (ClientFault.NoNewline, "C-SHOW-04", 9),
        (ClientFault.DoesNotWipe, "C-SHOW-05", 0),
        (ClientFault.PrintsPadding, "C-SHOW-06", 0),
        (ClientFault.PrintsHalfFrames, "C-SHOW-07", 4),
        (ClientFault.OneMessagePerReceive, "C-SHOW-08", 2),
        (ClientFault.ListInOneLine, "C-SHOW-10", 0),
        (ClientFault.CutsLongMessages, "C-SHOW-12", 0),
        (ClientFault.SilentDisconnect, "C-END-01", 3),
        (ClientFault.StaysAfterDisconnect, "C-END-02", 0),
        (ClientFault.CannotConnectSilent, "C-END-03", 0),
        (ClientFault.CannotConnectStays, "C-END-04", 0),
        (ClientFault.ResetSilent, "C-END-05", 0),
        (ClientFault.HalfAtEndShown, "C-END-06", 0),
        (ClientFault.LastWordsLost, "C-END-07", 1),
        (ClientFault.NeverFlushes, "C-SHOW-01", 17));

    [TestMethod]
    public void Each_fault_of_a_program_of_part_0_is_found_by_its_case() => EachIsFound(
        (row, again) => row.Fault < BasicFault.ClientSendsNothing
            ? Checker.FaultyBasicServer(BasicDoubles.Server(row.Fault), again)
            : Checker.FaultyBasicClient(BasicDoubles.Client(row.Fault), again),
        (BasicFault.ServerPrintsNothing, "BS-01", 5),
        (BasicFault.ServerStopsAfterFirst, "BS-02", 2),
        (BasicFault.ServerServesAllAtOnce, "BS-03", 0),
        (BasicFault.ServerReadsOnce, "BS-04", 1),
        (BasicFault.ServerCutsLong, "BS-05", 0),
        (BasicFault.ServerDiesOnReset, "BS-06", 0),
        (BasicFault.ClientSendsNothing, "BC-01", 1),
        (BasicFault.ClientStaysConnected, "BC-02", 2),
        (BasicFault.ClientCutsLong, "BC-03", 0));

    private static void MustPass(IEnumerable<CaseResult> results)
    {
        foreach (CaseResult result in results)
        {
            Assert.AreEqual(CaseOutcome.Passed, result.Outcome, $"{result.Id}: {result.Finding} {result.Reason}");
        }
    }

    /// <summary>Plays all rows and prints what each fault was found by. Every fault there is must have a row.</summary>
    private void EachIsFound<TFault>(
        Func<(TFault Fault, string Meant, int MostOthers), bool, List<CaseResult>> check, params (TFault Fault, string Meant, int MostOthers)[] rows)
        where TFault : struct, Enum
    {
        TFault[] missing = [.. Enum.GetValues<TFault>().Where(fault => Convert.ToInt32(fault, null) != 0 && !rows.Any(row => row.Fault.Equals(fault)))];
        Assert.IsEmpty(missing, $"Faults without a row: {string.Join(' ', missing)}");

        var found = new ConcurrentDictionary<TFault, string[]>();
        var queue = new ConcurrentQueue<(TFault Fault, string Meant, int MostOthers)>(rows);
        Thread[] threads = [.. Enumerable.Range(0, AtATime).Select(_ => new Thread(CheckAll))]; // a pool grows too slowly for work that waits
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        // With so many at a time, pieces that are sent apart may arrive together, and some faults then look like others:
        // what is not as it is meant to be is played once more, by itself, and as a user plays it.
        foreach ((TFault Fault, string Meant, int MostOthers) row in rows.Where(row => !IsAsMeant(row)))
        {
            TestContext.WriteLine($"Once more: {Line(row)}");
            Play(row, again: true);
        }

        Array.ForEach(rows, row => TestContext.WriteLine(Line(row)));
        string[] wrong = [.. rows.Where(row => !IsAsMeant(row)).Select(Line)];

        Assert.IsEmpty(wrong, $"Not found by the case that is meant for it, or by too many others:\n{string.Join('\n', wrong)}");

        void CheckAll()
        {
            while (queue.TryDequeue(out (TFault Fault, string Meant, int MostOthers) row))
            {
                Play(row, again: false);
            }
        }

        void Play((TFault Fault, string Meant, int MostOthers) row, bool again)
        {
            try
            {
                found[row.Fault] = Checker.Failed(check(row, again));
            }
#pragma warning disable CA1031 // Left to the thread it would end the whole test run; so it fails this row.
            catch (Exception error)
#pragma warning restore CA1031
            {
                found[row.Fault] = [error.ToString()];
            }
        }

        bool IsAsMeant((TFault Fault, string Meant, int MostOthers) row) =>
            found[row.Fault].Contains(row.Meant) && found[row.Fault].Length - 1 <= row.MostOthers;

        string Line((TFault Fault, string Meant, int MostOthers) row) =>
            $"{row.Fault} (meant: {row.Meant}): {string.Join(' ', found[row.Fault])}";
    }
}
