using System.Collections.Concurrent;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>
/// Clients in other languages, at a terminal: right ones that write over their prompt in different ways, or leave that to a
/// library, and wrong ones. Each is judged as a user at the terminal would judge it.
/// </summary>
[TestClass]
public sealed class RealClientTests
{
    private const int AtATime = 3;

    private static readonly string Folder = Path.Combine(RunScript.Root, "ChatServer.Tests", "EndToEnd", "Check", "Clients");

    /// <summary>Faults that are visible on the screen and not on the wire.</summary>
    private static readonly string[] Screens =
    [
        "C-SEND-05", "C-SHOW-01", "C-SHOW-02", "C-SHOW-03", "C-SHOW-04", "C-SHOW-05", "C-SHOW-06", "C-SHOW-07", "C-SHOW-08", "C-SHOW-10",
        "C-SHOW-11", "C-END-01", "C-END-03", "C-END-07",
    ];

    private static readonly string[] WaysToWipe =
    [
        "constant", "blanks", "erase_to_end", "erase_line", "erase_below", "erase_characters", "delete_characters", "backspaces",
        "print_over", "save_restore", "insert_above", "colours",
    ];

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Correct_clients_pass_for_every_way_to_write_over_the_prompt() => MustPass(
        "python3",
        [.. WaysToWipe.Select(style => new[] { "styles.py", style })]);

    [TestMethod]
    public void Right_clients_pass_that_edit_the_line_with_readline_or_by_themselves() =>
        MustPass("python3", [["editing.py", "readline"], ["editing.py", "cursor_report"]]);

    [TestMethod]
    public void A_right_client_passes_that_waits_for_the_rest_of_a_message() => MustPass("python3", [["waiting.py"]]);

    [TestMethod]
    [DataRow("0.64")] // a brief play has just given up
    [DataRow("0.9")]
    public void A_right_client_passes_that_takes_a_moment_to_end(string seconds)
    {
        CaseResult result = Check("python3", ["waiting.py", seconds], ["C-END-02"]).Single();

        Assert.AreEqual(CaseOutcome.Passed, result.Outcome, $"{result.Finding}");
    }

    [TestMethod]
    public void A_right_client_passes_that_uses_curses() => MustPassWithModule("curses");

    [TestMethod]
    public void A_right_client_passes_that_uses_prompt_toolkit() => MustPassWithModule("prompt_toolkit");

    [TestMethod]
    public void A_right_client_passes_that_uses_the_line_editor_of_Node() => MustPass("node", [["lines.js"]]);

    [TestMethod]
    [DataRow("only_returns", "C-SHOW-05")]
    [DataRow("erases_behind", "C-SHOW-04")]
    [DataRow("wipes_message", "C-SHOW-04")]
    [DataRow("prints_padding", "C-SHOW-06")]
    [DataRow("no_newline", "C-SHOW-04")]
    [DataRow("no_prompt", "C-SHOW-03")]
    [DataRow("not_flushed", "C-SHOW-01")]
    public void A_wrong_client_is_found(string style, string id)
    {
        CaseResult result = Check("python3", ["styles.py", style], [id]).Single();

        Assert.AreEqual(CaseOutcome.Failed, result.Outcome, id);
    }

    private void MustPassWithModule(string module)
    {
        Needs.Program("python3");
        using var import = new ChatProcess("python3", Folder, "-c", $"import {module}");
        if (import.AwaitExit() != 0)
        {
            Assert.Inconclusive($"Needs the Python module {module}.");
        }

        MustPass("python3", [["editing.py", module]]);
    }

    /// <summary>Each of them passes; in full size three times in a row.</summary>
    private void MustPass(string program, string[][] clients)
    {
        var queue = new ConcurrentQueue<string[]>(clients);
        var wrong = new ConcurrentBag<string>();
        Needs.Program(program);
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(AtATime, clients.Length)).Select(_ => new Thread(CheckAll))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.IsEmpty(wrong, string.Join('\n', wrong));

        void CheckAll()
        {
            while (queue.TryDequeue(out string[]? client))
            {
                for (int i = Soak.Size(1, 3); i > 0; i--)
                {
                    List<CaseResult> results = Check(program, client, Screens);
                    TestContext.WriteLine($"{string.Join(' ', client)}: {results.Count} cases");
                    results.Where(result => result.Outcome != CaseOutcome.Passed).ToList()
                        .ForEach(result => wrong.Add($"{string.Join(' ', client)}: {result.Id} {result.Finding?.What.English} received: {result.Finding?.Received}"));
                }
            }
        }
    }

    private static List<CaseResult> Check(string program, string[] client, string[] ids)
    {
        Needs.Program(program);
        if (!PseudoTerminal.IsAvailable)
        {
            Assert.Inconclusive("Needs pseudo-terminals.");
        }

        var command = new CommandTemplate([program, Path.Combine(Folder, client[0]), .. client[1..], "{name}", "{host}", "{port}"]);
        return Checker.Run(AllSuites.Client, new CommandSource(command), Checker.Usual, ids);
    }
}
