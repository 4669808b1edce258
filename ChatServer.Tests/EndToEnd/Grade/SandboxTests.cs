using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatGrade.Running;
using ThreadedChat.ChatGrade.Sandboxes;
using ThreadedChat.ChatGrade.Settings;
using ThreadedChat.ChatServer.Tests.Grade;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Grade;

/// <summary>The limits of a submission in the sandbox. Each attempt has a bound of its own.</summary>
[TestClass]
public sealed class SandboxTests
{
    private static readonly Limits Small = new() { Processes = 60, Disk = 32, Memory = 256, Processor = 20 };

    [TestMethod]
    [DataRow("cat /etc/passwd /etc/shadow /root/.profile /home/*/.profile", "")]
    [DataRow("ls /work", "mine.txt\n")]
    [DataRow("ls -d /tmp/* /home /root /var /sandbox /grade-test* 2>/dev/null", "")]
    [DataRow("pwd; id -u; echo $HOME", "/work\n65534\n/work\n", true)]
    [DataRow("getent hosts \"$(uname -n)\" localhost | cut -d ' ' -f 1", "127.0.0.1\n::1\n")]
    public void A_submission_sees_itself_and_nothing_else(string line, string expected, bool asRoot = false)
    {
        if (asRoot)
        {
            Support.Needs.Root("the number of the user");
        }

        Assert.AreEqual(expected, Run(line).Output);
    }

    [TestMethod]
    public void A_submission_has_only_a_network_of_its_own()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;

        ProcessRun.Ending ending = Run($"wc -l < /proc/net/route; (exec 3<>/dev/tcp/127.0.0.1/{port}) 2>/dev/null && echo connected", "bash");

        Assert.DoesNotContain("connected", ending.Output);
        Assert.IsFalse(listener.Poll(TimeSpan.Zero, SelectMode.SelectRead), "A client has connected.");
    }

    [TestMethod]
    public void A_fork_bomb_ends_at_the_limit_of_processes()
    {
        Needs();
        Support.Needs.Program("python3");

        // Bounded by itself too: it never makes more than 500.
        string output = Run("""
            python3 -c '
            import os, time
            n = 0
            try:
                while n < 500:
                    if os.fork() == 0:
                        time.sleep(60); os._exit(0)
                    n += 1
            except OSError:
                pass
            print(n, flush=True)
            os._exit(0)'
            """).Output;

        Assert.IsLessThan(Small.Processes, int.Parse(output, System.Globalization.CultureInfo.InvariantCulture));
    }

    [TestMethod]
    public void The_threads_of_a_server_with_many_clients_fit_into_the_limit_of_memory()
    {
        Needs();
        Support.Needs.Program("python3");

        ProcessRun.Ending ending = Run("""
            python3 -c '
            import threading
            end = threading.Event()
            for n in range(200):
                threading.Thread(target=end.wait, daemon=True).start()
            print(n + 1)
            end.set()'
            """, new Limits());

        Assert.AreEqual("200\n", ending.Output, ending.Errors);
    }

    [TestMethod]
    [DataRow("head -c 100000000 /dev/zero > /work/a; head -c 100000000 /dev/zero > /tmp/b; echo $(($(stat -c %s /work/a) <= 33554432)) $(($(stat -c %s /tmp/b) <= 33554432))", "1 1\n")]
    [DataRow("cat /dev/zero | head -c 600000000 | tail -c 600000000 | wc -c", "0\n")]
    public void Disk_and_memory_have_limits(string line, string expected)
    {
        Assert.AreEqual(expected, Run(line).Output);
    }

    [TestMethod]
    public void A_run_removes_its_processes_and_files()
    {
        string mark = Guid.NewGuid().ToString("N");

        Run($"(setsid sh -c 'trap \"\" TERM HUP; exec -a {mark} sleep 1000' &) ; (nohup sh -c 'exec -a {mark} sleep 1000' >/dev/null 2>&1 &); touch /work/{mark} /tmp/{mark}; sleep 0.2", "bash");

        Eventually.True(() => !Commands().Contains(mark, StringComparison.Ordinal), "all processes of the submission should have ended");
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries("/tmp", $"*{mark}*"));
    }

    [TestMethod]
    public void A_submission_cannot_change_its_own_folder_or_kill_what_is_outside()
    {
        using ClassFolder folder = new ClassFolder().Add("one/mine.txt", "mine");

        ProcessRun.Ending ending = Run(folder, "rm -rf /work/* ; kill -9 -1; kill -9 $PPID 1; echo alive", "sh");

        Assert.Contains("mine", File.ReadAllText(Path.Combine(folder.Path, "one", "mine.txt")));
        Assert.IsNotNull(ending.ExitCode);
    }

    [TestMethod]
    public void A_build_keeps_its_files_only_if_it_works()
    {
        Needs();
        using ClassFolder folder = new ClassFolder().Add("one/mine.txt", "mine");
        string one = Path.Combine(folder.Path, "one");
        Bubblewrap sandbox = TryOpen().Sandbox!;
        string good = Directory.CreateDirectory(Path.Combine(folder.Path, "good")).FullName, bad = Directory.CreateDirectory(Path.Combine(folder.Path, "bad")).FullName;

        ProcessRun.Run(sandbox.Build(one, "cp mine.txt made.txt", good, Small), Limit.Wait, CancellationToken.None);
        ProcessRun.Ending failed = ProcessRun.Run(sandbox.Build(one, "cp mine.txt made.txt; exit 9", bad, Small), Limit.Wait, CancellationToken.None);

        Assert.AreEqual("made.txt mine.txt", string.Join(' ', Directory.EnumerateFiles(good).Select(Path.GetFileName).Order()));
        Assert.AreEqual((9, 0), (failed.ExitCode, Directory.EnumerateFiles(bad).Count()));
        Assert.AreEqual("mine.txt", string.Join(' ', Directory.EnumerateFiles(one).Select(Path.GetFileName)));
    }

    [TestMethod]
    public void A_command_that_exceeds_its_time_is_killed_with_all_its_processes()
    {
        Support.Needs.Linux();
        ProcessRun.Ending ending = ProcessRun.Run(["sh", "-c", "sleep 1000 & echo $!; wait"], TimeSpan.FromSeconds(1), CancellationToken.None);

        Assert.IsNull(ending.ExitCode);
        Eventually.True(() => !Directory.Exists($"/proc/{ending.Output.Trim()}"), "the process in the background should have been ended");
    }

    /// <summary>Inconclusive without a sandbox.</summary>
    internal static void Needs()
    {
        Support.Needs.Linux();
        (Bubblewrap? sandbox, string why) = TryOpen();
        if (sandbox is null)
        {
            Assert.Inconclusive($"Needs bubblewrap and namespaces: {why}");
        }
    }

    private static (Bubblewrap? Sandbox, string Why) TryOpen()
    {
        using ClassFolder empty = new();
        return Bubblewrap.TryOpen(empty.Path);
    }

    private static ProcessRun.Ending Run(string line, string shell = "sh")
    {
        using ClassFolder folder = new ClassFolder().Add("one/mine.txt", "mine").Add("two/neighbour.txt", "secret");
        return Run(folder, line, shell);
    }

    private static ProcessRun.Ending Run(string line, Limits limits)
    {
        using ClassFolder folder = new ClassFolder().Add("one/mine.txt", "mine");
        return Run(folder, line, "sh", limits);
    }

    /// <summary>Runs a line as a submission does that is built: the build is not kept.</summary>
    private static ProcessRun.Ending Run(ClassFolder folder, string line, string shell, Limits? limits = null)
    {
        Needs();
        string result = Directory.CreateDirectory(Path.Combine(folder.Path, "result")).FullName;
        IReadOnlyList<string> words = TryOpen().Sandbox!.Build(Path.Combine(folder.Path, "one"), line, result, limits ?? Small);
        return ProcessRun.Run(shell == "sh" ? words : [.. words.SkipLast(3), shell, "-c", line], Limit.Wait, CancellationToken.None);
    }

    private static string Commands() => string.Concat(Directory.EnumerateDirectories("/proc")
        .Select(folder => Path.Combine(folder, "cmdline"))
        .Select(file =>
        {
            try
            {
                return File.Exists(file) ? File.ReadAllText(file) : "";
            }
            catch (IOException)
            {
                return ""; // it has ended
            }
        }));
}
