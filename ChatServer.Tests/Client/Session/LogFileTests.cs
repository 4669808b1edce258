using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Session;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Client.Session;

[TestClass]
public sealed class LogFileTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 5, 17, 4, 9, TimeSpan.Zero));
    private readonly ConcurrentQueue<string> _reports = [];

    private string FilePath => Path.Combine(_folder.FullName, "chat.log");

    [TestCleanup]
    public void RemoveFolder() => _folder.Remove();

    [TestMethod]
    public void Lines_are_appended_with_their_time_and_only_the_user_may_read_them()
    {
        File.WriteAllText(FilePath, "before\n");
        using (var log = new LogFile(FilePath, _reports.Enqueue))
        {
            var seen = new SeenLines(_time, log);
            seen.Add("[Alice] hi");
            seen.AddOwn("hello", command: null);
        }

        Assert.AreEqual("before\n2026-11-05T17:04:09+00:00 [Alice] hi\n2026-11-05T17:04:09+00:00 [Me] hello\n", File.ReadAllText(FilePath));
        Assert.IsEmpty(_reports);
    }

    [TestMethod]
    public void A_new_log_is_for_the_user_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has other permissions.");
            return;
        }

        new LogFile(FilePath, _reports.Enqueue).Dispose();

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [TestMethod]
    [DataRow("/dev/full")]
    [DataRow("/proc/nobody/can/write")]
    [DataRow("/")]
    public void A_file_that_cannot_be_written_is_reported_in_one_line_and_the_chat_continues(string file)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("These files are those of Linux.");
        }

        using var log = new LogFile(file, _reports.Enqueue);
        var seen = new SeenLines(_time, log);
        seen.Add("one");
        Eventually.True(() => !_reports.IsEmpty, "the failure should be reported");
        seen.Add("two");

        Assert.HasCount(1, _reports);
        Assert.StartsWith($"The log {file} cannot be written: ", _reports.Single());
        Assert.HasCount(1, seen.Find("two", 20, out _));
    }

    [TestMethod]
    public void A_search_finds_each_line_of_earlier_sessions_once()
    {
        File.WriteAllText(FilePath, "2026-11-04T10:00:00+00:00 [Alice] exam\e[2J tomorrow\nno match\n");
        using var log = new LogFile(FilePath, _reports.Enqueue);
        var seen = new SeenLines(_time, log);
        seen.Add("[Bob] the exam was hard");
        Eventually.True(() => new FileInfo(FilePath).Length > 80, "the log should be written");

        IReadOnlyList<string> found = seen.Find("exam", 20, out int count);

        Assert.AreEqual(2, count);
        Assert.AreSequenceEqual(["2026-11-04T10:00:00+00:00 [Alice] exam [2J tomorrow", "2026-11-05T17:04:09+00:00 [Bob] the exam was hard"], found);
    }
}
