using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Running;
using ThreadedChat.ChatGrade.Sandboxes;
using ThreadedChat.ChatGrade.Settings;
using ThreadedChat.ChatGrade.Submissions;
using ThreadedChat.ChatServer.Tests.Grade;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Grade;

/// <summary>Jobs and builds of a class. Scripts take the place of builds and of the checker; they see the folder of the class as their working folder.</summary>
[TestClass]
public sealed class ClassRunTests : IDisposable
{
    private const string Passes = "echo '{\"cases\": []}'";

    private static readonly string[] ServerAlone = ["server"];

    private readonly ClassFolder _class = new();
    private readonly TemporaryFolder _work = new("grade-test-");

    public void Dispose()
    {
        _work.Dispose();
        _class.Dispose();
    }

    [TestMethod]
    public void While_a_submission_is_built_its_other_parts_take_no_place_from_other_submissions()
    {
        PartResult[] results = Run(
            jobs: 2,
            build: "until [ -e checked ]; do sleep 0.02; done",
            check: "case $0 in */other) : > checked ;; esac; " + Passes,
            ("built", ["server", "client"], "build it"),
            ("other", ["server"], ""));

        Assert.AreEqual("Checked Checked Checked", States(results));
    }

    [TestMethod]
    public void Parts_share_one_build_which_is_removed_after_the_last()
    {
        PartResult[] results = Run(
            jobs: 4,
            build: "echo built >> log; : > \"$0/program\"",
            check: "[ -e \"$0/program\" ] && echo \"$0\" >> log; " + Passes,
            ("one", ["server", "client"], "build it"));

        Assert.AreEqual("Checked Checked", States(results));
        string[] log = File.ReadAllLines(Path.Combine(_class.Path, "log"));
        Assert.AreEqual(("built", 3), (log[0], log.Length));
        Assert.AreEqual(log[1], log[2]);
        Assert.IsFalse(Directory.Exists(log[1]));
    }

    [TestMethod]
    public void No_more_builds_run_at_a_time_than_there_are_processors()
    {
        int most = Environment.ProcessorCount;
        (string, string[], string)[] submissions = [.. Enumerable.Range(0, (2 * most) + 1).Select(number => ($"s{number}", ServerAlone, "build it"))];

        // Each build waits until as many run as may run, or all have begun, and then gives others the time to begin.
        PartResult[] results = Run(
            jobs: submissions.Length,
            build: $"mkdir running 2>/dev/null; : > running/$$; echo begun >> log; "
                + $"until [ $(ls running | wc -l) -ge {most} ] || [ $(wc -l < log) -ge {submissions.Length} ]; do sleep 0.02; done; sleep 0.1; "
                + $"[ $(ls running | wc -l) -le {most} ]; code=$?; rm running/$$; exit $code",
            check: Passes,
            submissions);

        Assert.AreEqual(string.Join(' ', submissions.Select(_ => "Checked")), States(results), string.Join(' ', results.Select(result => result.Message)));
    }

    [TestMethod]
    public void A_build_that_fails_is_done_once_and_said_for_each_part()
    {
        PartResult[] results = Run(
            jobs: 4,
            build: "echo built >> log; echo 'no such header' >&2; exit 7",
            check: "echo checked >> log; " + Passes,
            ("one", ["server", "client"], "build it"),
            ("other", ["server"], ""));

        Assert.AreEqual("NotBuilt NotBuilt Checked", States(results));
        Assert.AreEqual("server client server", string.Join(' ', results.Select(result => result.Part)));
        Assert.Contains("no such header", results[1].Message);
        Assert.AreEqual("built checked", string.Join(' ', File.ReadAllLines(Path.Combine(_class.Path, "log")).Order()));
    }

    private static string States(PartResult[] results) => string.Join(' ', results.Select(result => result.State));

    private PartResult[] Run(int jobs, string build, string check, params (string Name, string[] Parts, string Build)[] submissions)
    {
        Needs.Linux();
        using var load = new MachineLoad();
        var sandbox = new ScriptSandbox(_class.Path, build, check);
        var limits = new Limits { Build = Limit.Load.TotalSeconds };
        var run = new ClassRun(new PartChecker(sandbox, new ClassSettings()), _work, new ResultStore(_class.Reports), load, jobs, _ => { }, CancellationToken.None);
        PartJob[] all =
        [
            .. submissions.SelectMany(one => one.Parts.Select(part => new PartJob(
                new Submission(
                    one.Name,
                    Path.Combine(_class.Path, one.Name),
                    one.Parts.ToDictionary(each => each, _ => one.Build),
                    one.Parts.ToDictionary(each => each, _ => "sh {port}"),
                    one.Parts) { Limits = limits },
                part,
                "key"))),
        ];

        IReadOnlyDictionary<string, PartResult> results = run.Run(all);

        return [.. all.Select(job => results[ClassRun.NameOf(job.Submission.Name, job.Part)])];
    }

    /// <summary>Runs scripts; <c>$0</c> is the folder of the result, or of the submission.</summary>
    private sealed class ScriptSandbox(string folder, string build, string check) : ISandbox
    {
        public Text? Shortcoming => null;

        public IReadOnlyList<string> ProgramFolders { get; } = ["/usr/bin", "/bin"];

        public IReadOnlyList<string> Build(string submission, string line, string result, Limits limits) => InFolder(build, result);

        public IReadOnlyList<string> Check(string submission, IReadOnlyList<string> arguments, IReadOnlyList<string> command, Limits limits) => InFolder(check, submission);

        private string[] InFolder(string script, string argument) => ["sh", "-c", $"cd '{folder}' || exit 99; {script}", argument];
    }
}
