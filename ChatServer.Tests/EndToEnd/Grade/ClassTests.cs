using ThreadedChat.ChatGrade;
using ThreadedChat.ChatGrade.CommandLine;
using ThreadedChat.ChatServer.Tests.Grade;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Grade;

/// <summary>A small class from folders to reports, with part 0: its programs are short.</summary>
[TestClass]
public sealed class ClassTests
{
    [TestMethod]
    public void Each_submission_gets_its_grade_and_only_a_changed_one_is_checked_again()
    {
        SandboxTests.Needs();
        Support.Needs.Program("/usr/bin/python3");
        using ClassFolder folder = new ClassFolder()
            .Add("grade.toml", "[class]\nparts = [\"basic-server\"]\n[limits]\nprocesses = 60\ndisk = 32\nanswer = 2\n")
            .Add("right/basic_server.py", SyntheticPrograms.BasicServer)
            .Add("merges/basic_server.py", SyntheticPrograms.BasicServer.Replace("print(text)", "print(text.strip(), end='')", StringComparison.Ordinal))
            .Add("spy/basic_server.py", SyntheticPrograms.Spy)
            .Add("broken/basic_server.py", "raise SystemExit('no idea')")
            .Add("nobuild/basic_server.c", "int main() { return x; }")
            .AddEmpty("nothing");

        string first = Grade(folder, resume: false);

        Assert.Contains("right 3/3 3/3 10 / 10", first);
        Assert.Contains("spy 3/3 3/3 10 / 10", first);
        Assert.Contains("broken does not start 0 / 10", first);
        Assert.Contains("nothing not found 0 + ? / 10", first);
        Assert.DoesNotContain("merges 3/3", first);
        Assert.Contains("No grade, because the result of some part is not certain: nothing", first.Replace("nobuild, ", "", StringComparison.Ordinal));
        string page = folder.Read("index.html"), right = folder.Read("results/right/basic-server.json");
        Assert.Contains("The program ended with exit code 1: no idea", folder.Read("submissions/broken.html"));

        folder.Add("merges/basic_server.py", SyntheticPrograms.BasicServer);
        string second = Grade(folder, resume: true);

        Assert.Contains("merges 3/3 3/3 10 / 10", second);
        Assert.AreEqual("1/1 merges basic-server", second.Split('\n').First(line => line.StartsWith("1/", StringComparison.Ordinal)).Replace("/2", "/1", StringComparison.Ordinal));
        Assert.AreEqual(right, folder.Read("results/right/basic-server.json"));
        Assert.AreNotEqual(page, folder.Read("index.html"));
    }

    [TestMethod]
    [DataRow("", 2)]
    [DataRow("/no/such/folder", 2)]
    [DataRow("{0} --jobs 0", 2)]
    [DataRow("{0} --nothing", 2)]
    [DataRow("{0}", 3)]
    public void Wrong_arguments_are_reported_in_one_line(string arguments, int code)
    {
        using var folder = new ClassFolder();
        var errors = new StringWriter();
        string[] words = string.Format(System.Globalization.CultureInfo.InvariantCulture, arguments, folder.Path).Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.AreEqual(code, GradeCommand.Run(words, new StringWriter(), errors, new Actions(new StringWriter(), errors, isTerminal: false)));

        Assert.HasCount(1, errors.ToString().Trim().Split('\n'));
    }

    [TestMethod]
    public void A_part_that_does_not_build_does_not_change_the_other_parts()
    {
        SandboxTests.Needs();
        Support.Needs.Program("/usr/bin/python3");
        using ClassFolder folder = new ClassFolder()
            .Add("grade.toml", "[class]\nparts = [\"basic-server\", \"server\"]\n")
            .Add("one/basic_server.py", SyntheticPrograms.BasicServer)
            .Add("one/server.cpp", "int main() { return x; }")
            .Add("one/Makefile", "server: server.cpp\n\tfalse\n");

        string table = Grade(folder, resume: false);

        Assert.Contains("one 3/3 3/3 does not build", table);
    }

    [TestMethod]
    public void A_separator_at_the_end_of_the_folder_changes_nothing()
    {
        using ClassFolder folder = new ClassFolder().AddEmpty("one");
        var output = new StringWriter();

        int code = GradeCommand.Run(
            ["init", folder.Path + Path.DirectorySeparatorChar], output, output, new Actions(output, output, isTerminal: false));

        Assert.AreEqual(0, code, output.ToString());
        Assert.Contains("title = \"class\"", File.ReadAllText(Path.Combine(folder.Path, "grade.toml")));
    }

    [TestMethod]
    public void An_autograder_grades_one_submission_where_Gradescope_puts_it()
    {
        SandboxTests.Needs();
        Support.Needs.Program("/usr/bin/python3");
        using ClassFolder folder = new ClassFolder()
            .Add("grade.toml", "[class]\nparts = [\"basic-server\"]\n")
            .Add("submission/basic_server.py", SyntheticPrograms.BasicServer);
        string source = Path.Combine(folder.Path, "source");
        var output = new StringWriter();

        Assert.AreEqual(0, new Actions(output, output, isTerminal: false).Autograder(folder.Path, source), output.ToString());
        using ChatProcess run = RunScript.StartBash("AUTOGRADER=$1 \"$1/source/run_autograder\"", folder.Path);

        Assert.AreEqual(0, run.AwaitExit(Limit.Load));
        Assert.Contains("\"score\": 10", File.ReadAllText(Path.Combine(folder.Path, "results", "results.json")));
    }

    private static string Grade(ClassFolder folder, bool resume)
    {
        var output = new StringWriter();
        int code = new GradeRun(
            new GradeOptions { Folder = folder.Path, Output = folder.Reports, Jobs = 2, Resume = resume }, output, output, isTerminal: false).Run();
        Assert.AreEqual(GradeExit.Graded, code, output.ToString());
        return string.Join('\n', output.ToString().Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }
}
