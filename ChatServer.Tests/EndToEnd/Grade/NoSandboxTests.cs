using ThreadedChat.ChatServer.Tests.Grade;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Grade;

/// <summary>A machine on which no sandbox can be made. Its <c>bwrap</c> fails, as it does in a container that allows no namespaces.</summary>
[TestClass]
public sealed class NoSandboxTests : ProgramTests
{
    private const string Part = "basic-server";

    [TestMethod]
    [DataRow("en", "There is no sandbox on this machine (no namespaces here).", "With --unsafe submissions run as you")]
    [DataRow("pt-BR", "Não há sandbox nesta máquina (no namespaces here).", "Com --unsafe as entregas são executadas com o seu usuário")]
    public void Without_a_sandbox_the_grader_names_the_reason_and_runs_no_submission(string language, params string[] sentences)
    {
        using ClassFolder folder = Class(language);
        using ChatProcess run = Start(folder);

        Assert.AreEqual(3, run.AwaitExit(Limit.Load), run.Error.All);
        string error = run.Error.AwaitEnd();
        Assert.HasCount(1, error.Trim().Split('\n'), error);
        Array.ForEach(sentences, sentence => Assert.Contains(sentence, error));
        Assert.IsFalse(File.Exists(Mark(folder)), "The submission has run.");
        Assert.IsFalse(Directory.Exists(folder.Reports), "There are reports.");
    }

    [TestMethod]
    public void With_unsafe_it_runs_them_and_says_what_that_means()
    {
        using ClassFolder folder = Class("en");
        using ChatProcess run = Start(folder, "--unsafe");

        Assert.AreEqual(0, run.AwaitExit(Limit.Load), run.Error.All);
        string table = run.Output.AwaitEnd();
        Assert.Contains("Submissions run without a sandbox: they can do all that you can do.", table);
        Assert.Contains("Submissions run without a sandbox: they can do all that you can do.", folder.Read("index.html"));
        Assert.IsTrue(File.Exists(Mark(folder)), table);
    }

    /// <summary>A submission that leaves a mark outside its folder, and ends.</summary>
    private static ClassFolder Class(string language)
    {
        var folder = new ClassFolder();
        return folder
            .Add("grade.toml", $"[class]\nlanguage = \"{language}\"\nparts = [\"{Part}\"]\n[commands]\n{Part} = \"touch {Mark(folder)} {{port}}\"\n")
            .AddEmpty("one");
    }

    private static string Mark(ClassFolder folder) => Path.Combine(folder.Path, "mark");

    private static ChatProcess Start(ClassFolder folder, params string[] options)
    {
        Needs.Linux();
        string tools = Directory.CreateDirectory(folder.Path + "-tools").FullName, file = Path.Combine(tools, "bwrap");
        File.WriteAllText(file, "#!/bin/sh\necho 'no namespaces here' >&2\nexit 1\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return RunScript.StartBash(
            "PATH=$1:$PATH; export PATH; shift; exec ./run.sh grade --jobs 1 \"$@\"", [tools, folder.Path, "--output", folder.Reports, .. options]);
    }
}
