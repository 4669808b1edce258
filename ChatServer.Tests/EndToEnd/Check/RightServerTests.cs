using ThreadedChat.ChatCheck.Suites;
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

    [TestMethod]
    public void A_slow_server_is_not_said_to_block()
    {
        Needs.Program("python3");

        CaseResult result = Checker.Run(AllSuites.Server, PythonPrograms.Source("selecting.py", "{port}", "0.02"), Checker.Usual, ["S-NET-06"]).Single();

        Assert.AreEqual(CaseOutcome.Skipped, result.Outcome, $"{result.Finding}");
    }
}
