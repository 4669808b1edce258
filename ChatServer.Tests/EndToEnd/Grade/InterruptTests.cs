using System.Globalization;
using ThreadedChat.ChatServer.Tests.Grade;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Grade;

/// <summary>A run of the grader that is interrupted: it keeps its results, and no process or file of the submissions is left.</summary>
[TestClass]
public sealed class InterruptTests : ProgramTests
{
    private const string Part = "basic-server";
    private const string BuildThatWaits = "sh wait.sh";

    [TestMethod]
    [DataRow(false, "")]
    [DataRow(true, "")]
    [DataRow(false, "--unsafe")]
    [DataRow(true, "--unsafe")]
    public void An_interrupted_run_keeps_its_results_and_removes_its_processes_and_files(bool isTerminate, string option)
    {
        SandboxTests.Needs();
        string mark = $"600.{Random.Shared.Next(100_000_000, 999_999_999)}"; // seconds, for a process that is easy to find
        using ClassFolder folder = Class(mark);
        string temporary = Directory.CreateDirectory(folder.Reports + "-temporary").FullName;
        using ChatProcess run = Start(folder, temporary, option);
        Eventually.True(() => IsRunning(mark), "the second submission should have been started", Limit.Load);

        if (isTerminate)
        {
            run.Terminate();
        }
        else
        {
            run.Interrupt();
        }

        Assert.AreEqual(130, run.AwaitExit(Limit.Load), run.Error.All);
        Eventually.True(() => !IsRunning(mark), "the program of the submission should have ended");
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(temporary));
        string table = run.Output.AwaitEnd();
        Assert.Contains("language missing here", table);
        Assert.Contains("not checked yet", table);
        Assert.Contains("--resume", table);
        Assert.IsTrue(File.Exists(Path.Combine(folder.Reports, "results", "first", $"{Part}.json")));
        Assert.IsFalse(File.Exists(Path.Combine(folder.Reports, "results", "second", $"{Part}.json")));
    }

    [TestMethod]
    [DataRow("", "touch built")]
    [DataRow("--unsafe", "touch built")]
    [DataRow("", BuildThatWaits)]
    [DataRow("--unsafe", BuildThatWaits)]
    public void A_run_that_is_killed_leaves_nothing_behind(string option, string build)
    {
        SandboxTests.Needs();
        Support.Needs.Program("setpriv");
        string mark = $"600.{Random.Shared.Next(100_000_000, 999_999_999)}";
        using ClassFolder folder = Class(mark);
        folder.Add("grade.toml", File.ReadAllText(Path.Combine(folder.Path, "grade.toml")) + $"[submission.second]\nbuild = \"{build}\"\n")
            .Add("second/wait.sh", $"mkdir shut && touch shut/file && chmod 500 shut; sleep {mark}");
        string temporary = Directory.CreateDirectory(folder.Reports + "-temporary").FullName;
        using ChatProcess run = Start(folder, temporary, option);
        Eventually.True(() => IsRunning(mark), "the second submission should have been started", Limit.Load);

        run.Kill();

        Eventually.True(
            () => !IsRunning(mark) && !Directory.EnumerateFileSystemEntries(temporary).Any(),
            $"no process and no file should be left in {temporary}");
        Assert.AreEqual((false, 0), (IsRunning(mark), Directory.EnumerateFileSystemEntries(temporary).Count()), "Something has come back.");
    }

    [TestMethod]
    public void The_run_that_resumes_checks_only_what_was_not_done()
    {
        SandboxTests.Needs();
        string mark = $"600.{Random.Shared.Next(100_000_000, 999_999_999)}";
        using ClassFolder folder = Class(mark);
        string temporary = Directory.CreateDirectory(folder.Reports + "-temporary").FullName;
        using (ChatProcess run = Start(folder, temporary))
        {
            Eventually.True(() => IsRunning(mark), "the second submission should have been started", Limit.Load);
            run.Interrupt();
            Assert.AreEqual(130, run.AwaitExit(Limit.Load), run.Error.All);
        }

        folder.Add("second/start.sh", "exit 4");
        using ChatProcess second = Start(folder, temporary, "--resume");

        Assert.AreEqual(0, second.AwaitExit(Limit.Load), second.Error.All);
        Assert.Contains("1/1 second", second.Error.AwaitEnd());
        Assert.DoesNotContain("not checked yet", second.Output.AwaitEnd());
    }

    /// <summary>The first submission has a result without a run, so a busy machine does not make it doubtful. The second does not answer.</summary>
    private static ClassFolder Class(string mark) => new ClassFolder()
        .Add("grade.toml", $"[class]\nparts = [\"{Part}\"]\n[limits]\nstart = 120\n[commands]\n{Part} = \"sh start.sh {{port}}\"\n"
            + $"[submission.first]\n{Part} = \"no-such-language {{port}}\"\n")
        .AddEmpty("first")
        .Add("second/start.sh", $"sleep {mark}; exit 3");

    private static ChatProcess Start(ClassFolder folder, string temporary, params string[] options) => RunScript.StartBash(
        "TMPDIR=$1; export TMPDIR; shift; exec ./run.sh grade --jobs 1 \"$@\"",
        [temporary, folder.Path, "--output", folder.Reports, .. options.Where(option => option.Length > 0)]);

    private static bool IsRunning(string mark) => Directory.EnumerateDirectories("/proc")
        .Where(process => int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Any(process => CommandOf(process) == $"sleep\0{mark}\0");

    private static string CommandOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return ""; // it has ended
        }
    }
}
