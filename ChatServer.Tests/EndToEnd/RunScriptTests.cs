using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary><c>run.sh</c>, the one door to everything.</summary>
[TestClass]
public sealed class RunScriptTests : ProgramTests
{
    [TestMethod]
    [DataRow]
    [DataRow("help")]
    [DataRow("--help")]
    public void Without_arguments_the_script_prints_the_help(params string[] words)
    {
        using ChatProcess script = RunScript.Start(words);

        Assert.AreEqual(0, script.AwaitExit());
        string help = script.Output.AwaitEnd();
        Assert.AreEqual("", script.Error.AwaitEnd());
        foreach (string verb in new[] { "server PORT", "client NAME HOST PORT", "basic-server", "basic-client", "demo" })
        {
            Assert.Contains(verb, help);
        }
    }

    [TestMethod]
    [DataRow("nonsense")]
    [DataRow("Server")]
    [DataRow("")]
    public void An_unknown_verb_is_one_line_on_standard_error(string verb)
    {
        using ChatProcess script = RunScript.Start(verb, "55555");

        Assert.AreEqual(2, script.AwaitExit());
        string error = script.Error.AwaitEnd();
        Assert.AreEqual(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal), $"Not one line: '{error}'");
        Assert.AreEqual("", script.Output.AwaitEnd());
    }

    [TestMethod]
    public void The_script_can_be_started_from_any_folder()
    {
        using var script = new ChatProcess(Path.Combine(RunScript.Root, "run.sh"), "/", "client", "--version");

        Assert.AreEqual(0, script.AwaitExit());
        Assert.AreEqual("", script.Error.AwaitEnd());
    }

    [TestMethod]
    public void The_demo_runs_the_conversation()
    {
        using ChatProcess demo = RunScript.Start("demo");

        Assert.AreEqual(0, demo.AwaitExit(), demo.Error.All);
        Assert.Contains("Panda has left", demo.Output.AwaitEnd());
    }
}
