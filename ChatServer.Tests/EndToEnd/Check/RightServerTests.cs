using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>
/// Servers as students write them, each right in its own way. In full size three checks of the same server run at the same
/// time, because a busy machine must not make a right server a wrong one.
/// </summary>
[TestClass]
public sealed class RightServerTests
{
    private static readonly int Runs = Soak.Size(1, 3);

    /// <summary>For faults: what is missing never comes.</summary>
    private static readonly Timeouts Short = Checker.Usual with { Reply = TimeSpan.FromSeconds(1) };

    private static readonly string[] Required =
        [.. AllSuites.Server.Cases.Where(one => one.Level == Level.Required).Select(one => one.Id)];

    [TestMethod]
    [TestCategory(Soak.Category)]
    [DataRow("threads.py")]
    [DataRow("selecting.py")]
    [DataRow("tasks.py")]
    public void A_right_server_passes_all_required_cases_each_time(string file)
    {
        Needs.Program("python3");

        Together.Run(
            Enumerable.Repeat<Action>(
                () => Checker.MustPass(AllSuites.Server, PythonPrograms.Source(file, "{port}"), Checker.Usual, Required), Runs),
            Limit.Build);
    }

    [TestMethod]
    [DataRow("S-CTRL-01", "/quit")]
    [DataRow("S-LIST-01", "/list")]
    public void An_answer_that_takes_longer_than_a_brief_play_is_not_said_to_be_missing(string id, string message)
    {
        Needs.Program("python3");

        CaseResult result = Checker.Run(
            AllSuites.Server, PythonPrograms.Source("selecting.py", "{port}", "0.8", message), Checker.Usual with { Reply = TimeSpan.FromSeconds(2) }, [id]).Single();

        Assert.AreEqual(CaseOutcome.Passed, result.Outcome, $"{result.Finding}");
    }

    /// <summary>It looks at its clients 20 times a second, so that it finds what several of them have sent.</summary>
    [TestMethod]
    public void A_server_that_waits_for_the_rest_of_a_message_is_found_each_time()
    {
        Needs.Program("python3");
        const string Wait = "while True:\n    for ready";
        const string Rest =
            """
                for half in [one for one in sockets[1:] if buffers[one]]:
                    buffers[half] += half.recv(SIZE - len(buffers[half]))
                    if len(buffers[half]) == SIZE:
                        handle(half, buffers[half].decode().rstrip())
                        buffers[half] = b""

            """;

        CaseResult result = Checker.Run(
            AllSuites.Server, PythonPrograms.Changed("selecting.py", Wait, Wait.Replace("    for", "    time.sleep(0.05)\n    for", StringComparison.Ordinal), Rest, "{port}"), Short, ["S-FRAME-09"]).Single();

        Assert.AreEqual(CaseOutcome.Failed, result.Outcome);
    }

    [TestMethod]
    public void A_notice_that_comes_again_and_again_fails_only_its_own_case()
    {
        Needs.Program("python3");
        const string Leave = "            sockets.remove(ready)\n            move(ready, None)\n            ready.close()\n";
        const string Again = "            time.sleep(0.01)\n            tell(places.get(ready), names.get(ready, \"\") + \" has left\", ready)\n";

        List<CaseResult> results = Checker.Run(AllSuites.Server, PythonPrograms.Changed("selecting.py", Leave, Again, "", "{port}"), Checker.Usual, ["S-LEFT-03", "S-LEFT-07"]);

        Assert.AreEqual("S-LEFT-03 Failed, S-LEFT-07 Passed", string.Join(", ", results.Select(result => $"{result.Id} {result.Outcome}")), $"{results[^1].Finding}");
    }

    [TestMethod]
    public void A_slow_server_is_not_said_to_block()
    {
        Needs.Program("python3");

        CaseResult result = Checker.Run(AllSuites.Server, PythonPrograms.Source("selecting.py", "{port}", "0.02"), Checker.Usual, ["S-NET-06"]).Single();

        Assert.AreEqual(CaseOutcome.Skipped, result.Outcome, $"{result.Finding}");
    }
}
