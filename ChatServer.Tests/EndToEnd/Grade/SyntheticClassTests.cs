using ThreadedChat.ChatGrade;
using ThreadedChat.ChatGrade.CommandLine;
using ThreadedChat.ChatServer.Tests.Grade;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Grade;

/// <summary>
/// A class of thirty submissions of part 0 in six languages, right ones, wrong ones and hostile ones. Large: in <c>./run.sh test</c>
/// it is some of them, once.
/// </summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class SyntheticClassTests
{
    private const string Right = "3/3 3/3 10 / 10";
    private const string NotStarted = "does not start 0 / 10";
    private const string Nothing = "0/3 0/3 0 / 10";

    private static readonly string Server = SyntheticPrograms.BasicServer;

    /// <summary>Submissions: the file, its text, and the line of the table. Null is any line but a right one's.</summary>
    private static readonly (string File, string Text, string? Expected)[] All =
    [
        ("right/basic_server.py", Server, Right),
        ("spy/basic_server.py", SyntheticPrograms.Spy, Right),
        ("hostname/basic_server.py", Server.Replace("(\"\", int", "(socket.gethostname(), int", StringComparison.Ordinal), Right),
        ("bomb/basic_server.py", SyntheticPrograms.ForkBomb, Right),
        ("dead/basic_server.py", "raise SystemExit(1)", NotStarted),
        ("daemon/basic_server.py", SyntheticPrograms.Daemon, NotStarted),
        ("c/basic_server.c", LanguagePrograms.C, Right),
        ("java/BasicServer.java", LanguagePrograms.Java, Right),
        ("go/basic_server.go", LanguagePrograms.Go, Right),
        ("js/basic_server.js", LanguagePrograms.JavaScript, Right),
        ("cs/BasicServer/BasicServer.csproj", LanguagePrograms.CSharpProject, Right),
        ("cs/BasicServer/Program.cs", LanguagePrograms.CSharp, Right),
        ("disk/basic_server.py", SyntheticPrograms.DiskFiller, Right),
        ("memory/basic_server.py", SyntheticPrograms.MemoryTaker, Right),
        ("killer/basic_server.py", SyntheticPrograms.Killer, Right),
        ("stubborn/basic_server.py", SyntheticPrograms.Stubborn, Right),
        ("spinner/basic_server.py", SyntheticPrograms.Spinner, Right),
        ("ports/basic_server.py", SyntheticPrograms.PortTaker, Right),
        ("caller/basic_server.py", SyntheticPrograms.Caller, Right),
        ("flood/basic_server.py", SyntheticPrograms.Flood, Nothing),
        ("remover/basic_server.py", SyntheticPrograms.SelfRemover, null),
        ("banner/basic_server.py", $"print('Listening', flush=True)\n{Server}", Right),
        ("noflush/basic_server.py", Server.Replace("    sys.stdout.flush()\n", "", StringComparison.Ordinal), Right),
        ("merges/basic_server.py", Server.Replace("print(text)", "print(text.strip(), end='')", StringComparison.Ordinal), null),
        ("prints_nothing/basic_server.py", Server.Replace("print(text)", "pass", StringComparison.Ordinal), Nothing),
        ("first_only/basic_server.py", Server.Replace("while True:", "for _ in range(1):", StringComparison.Ordinal), null),
        ("once/basic_server.py", Server.Replace("while part := client.recv(1024):", "for part in [client.recv(10)]:", StringComparison.Ordinal), null),
        ("dies_of_reset/basic_server.py", Server.Replace("except OSError:\n        pass", "except ZeroDivisionError:\n        pass", StringComparison.Ordinal), null),
        ("upper/basic_server.py", Server.Replace("print(text)", "print(text.upper())", StringComparison.Ordinal), Nothing),
        ("wrong_port/basic_server.py", Server.Replace("int(sys.argv[1])", "0", StringComparison.Ordinal), NotStarted),
        ("never/basic_server.py", "import time\ntime.sleep(1000)", NotStarted),
        ("syntax/basic_server.py", "def :", NotStarted),
        ("nobuild/basic_server.c", "int main() { return x; }", "does not build 0 / 10"),
    ];

    private static readonly Dictionary<string, string> Languages = new()
    {
        [".py"] = "/usr/bin/python3",
        [".c"] = "/usr/bin/cc",
        [".java"] = "/usr/bin/javac",
        [".go"] = "/usr/bin/go",
        [".js"] = "/usr/bin/node",
        [".cs"] = "/usr/bin/dotnet",
        [".csproj"] = "/usr/bin/dotnet",
    };

    [TestMethod]
    public void Every_submission_gets_its_verdict_each_time_alone_and_beside_others()
    {
        SandboxTests.Needs();
        Support.Needs.Program(Languages[".py"]);
        (string File, string Text, string? Expected)[] some = [.. All.Take(Soak.Size(6, All.Length)).Where(one => File.Exists(Languages[Path.GetExtension(one.File)]))];
        using var folder = new ClassFolder();
        folder.Add("grade.toml", "[class]\nparts = [\"basic-server\"]\n[limits]\nprocesses = 200\ndisk = 64\nstart = 10\n");
        foreach ((string file, string text, _) in some)
        {
            folder.Add(file, text);
        }

        string? first = null;
        foreach (int jobs in Soak.Size<int[]>([4], [1, 8, 8, 8]))
        {
            Dictionary<string, string> table = Grade(folder, jobs);
            foreach ((string file, _, string? expected) in some)
            {
                string name = file.Split('/')[0];
                if (expected is null)
                {
                    Assert.AreNotEqual(Right, table[name], name);
                }
                else
                {
                    Assert.AreEqual(expected, table[name], name);
                }
            }

            string reports = AllReports(folder);
            Assert.AreEqual(first ??= reports, reports);
            Assert.IsTrue(!table.ContainsKey("flood") || folder.Read("submissions/flood.html").Contains("prints without end", StringComparison.Ordinal));
        }
    }

    /// <summary>Byte for byte what a run has written; not what it keeps to go on.</summary>
    private static string AllReports(ClassFolder folder) => string.Concat(
        Directory.EnumerateFiles(folder.Reports, "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder.Reports, file).StartsWith("results", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(folder.Reports, file)}\n{File.ReadAllText(file)}"));

    private static Dictionary<string, string> Grade(ClassFolder folder, int jobs)
    {
        var output = new StringWriter();
        int code = new GradeRun(new GradeOptions { Folder = folder.Path, Output = folder.Reports, Jobs = jobs }, output, new StringWriter(), isTerminal: false).Run();
        Assert.AreEqual(GradeExit.Graded, code, output.ToString());
        return output.ToString().Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1)
            .DistinctBy(words => words[0])
            .ToDictionary(words => words[0], words => string.Join(' ', words.Skip(1)));
    }
}
