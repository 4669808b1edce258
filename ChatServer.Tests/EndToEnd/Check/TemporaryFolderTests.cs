using System.Diagnostics;
using System.Globalization;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Tests.Grade;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>Temporary folders are removed with all their contents, also if the program that has made them is killed.</summary>
[TestClass]
public sealed class TemporaryFolderTests
{
    private const int Ends = 5;

    [TestMethod]
    public void A_folder_is_removed_while_other_processes_write_into_it()
    {
        Needs.Linux();
        var folder = new TemporaryFolder("check-");
        string inside = folder.New();
        using Process writers = Process.Start("sh", [
            "-c", "for w in 1 2 3; do (i=0; while [ $i -lt 3000 ]; do mkdir \"$0/$w.$i\" 2>/dev/null || exit; i=$((i + 1)); done) & done; wait", inside]);
        Eventually.True(() => Directory.EnumerateDirectories(inside).Count() > 10, "the writers should have begun");

        folder.Dispose();

        Assert.IsFalse(Directory.Exists(folder.Path), "The folder is still there.");
        Assert.IsTrue(writers.WaitForExit(Limit.Wait));
    }

    [TestMethod]
    public void A_folder_is_removed_with_folders_that_nobody_may_write_to()
    {
        Needs.Linux();
        using var folder = new TemporaryFolder("check-");
        using Process process = Process.Start("sh", ["-c", "mkdir -p \"$0/shut/in\" && touch \"$0/shut/in/file\" && chmod -R a-w \"$0/shut\"", folder.New()]);
        Assert.IsTrue(process.WaitForExit(Limit.Wait));

        folder.Dispose();

        Assert.IsFalse(Directory.Exists(folder.Path), "The folder is still there.");
    }

    [TestMethod]
    public void Each_new_folder_is_empty_and_only_the_user_can_see_it()
    {
        Needs.Linux();
        using var folder = new TemporaryFolder("check-");

        string one = folder.New(), other = folder.New();

        Assert.AreNotEqual(one, other);
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(one));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
    }

    /// <summary>The checker sees the end of its program before its own, and must not start the program again.</summary>
    [TestMethod]
    [DataRow("server", false)]
    [DataRow("server", true)]
    [DataRow("client", false)]
    public void A_checker_that_is_ended_leaves_no_program_and_no_folder(string subject, bool isInterrupt)
    {
        Needs.Linux();
        RunScript.EnsureBuilt();
        using ClassFolder folder = new();
        for (int i = 0; i < Ends; i++)
        {
            string mark = Mark();
            using ChatProcess checker = Start(folder.Path, subject, mark);
            Eventually.True(() => ProcessesOf(mark).Any(), "the program should have been started", Limit.Load);

            if (isInterrupt)
            {
                checker.Interrupt();
            }
            else
            {
                checker.Terminate();
            }

            checker.AwaitExit(Limit.Wait);
            Eventually.True(() => !ProcessesOf(mark).Any(), "the program should have been ended");
            Assert.IsEmpty(Directory.EnumerateFileSystemEntries(folder.Path));
        }
    }

    [TestMethod]
    public void A_checker_that_is_killed_leaves_no_folder()
    {
        Needs.Linux();
        RunScript.EnsureBuilt();
        using ClassFolder folder = new();
        string mark = Mark();
        using ChatProcess checker = Start(folder.Path, "server", mark);
        Eventually.True(() => ProcessesOf(mark).Any(), "the program should have been started", Limit.Load);

        checker.Kill();

        Eventually.True(() => !Directory.EnumerateFileSystemEntries(folder.Path).Any(), "no temporary folder should be left");
        foreach (int process in ProcessesOf(mark))
        {
            Process.GetProcessById(process).Kill(); // no process can end others after its own end
        }
    }

    [TestMethod]
    public void A_missing_folder_for_temporary_files_is_reported_in_one_line()
    {
        Needs.Linux();
        RunScript.EnsureBuilt();
        using ClassFolder folder = new();
        using ChatProcess checker = Start(Path.Combine(folder.Path, "missing"), "server", "1");

        Assert.AreEqual(3, checker.AwaitExit(Limit.Load));
        string errors = checker.Error.AwaitEnd();
        Assert.HasCount(1, errors.Trim().Split('\n'), errors);
        Assert.Contains("missing", errors);
    }

    private static ChatProcess Start(string temporary, string subject, string mark) => RunScript.StartBash(
        "TMPDIR=$1; export TMPDIR; shift; exec ./run.sh check \"$@\"",
        [temporary, subject, "--start-timeout", "600", "--", "sh", "-c", $"sleep {mark}", .. subject == "server" ? (string[])["{port}"] : ["{name}", "{host}", "{port}"]]);

    /// <summary>Seconds, for a process that is easy to find.</summary>
    private static string Mark() => $"600.{Random.Shared.Next(100_000_000, 999_999_999)}";

    private static IEnumerable<int> ProcessesOf(string mark) => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
        .Where(id => id > 0 && CommandOf(id).StartsWith($"sleep\0{mark}\0", StringComparison.Ordinal));

    private static string CommandOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return ""; // it has ended
        }
    }
}
