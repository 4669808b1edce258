using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Sandboxes;

/// <summary>Submissions run as this user, in a copy of their folder: for <c>--unsafe</c>.</summary>
/// <param name="work">For the copies, and for the temporary files of the checker.</param>
internal sealed class NoSandbox(TemporaryFolder work) : ISandbox
{
    // If the command has a process group of its own, the whole group gets the signal: a build may have started others. If $! is empty, no command runs yet.
    private static readonly string End = ProgramStart.HasSession ? "kill -TERM 0" : "[ -z \"$!\" ] || kill -TERM \"$!\"";

    // The copy is removed at the end, also after a signal, which goes on to the checker: it ends what it has started. The folder of
    // the submission is the name of the script. Arguments: an empty folder; the folder for the result of a build, or nothing; the command.
    private static readonly string Script =
        $$"""
        home=$1 result=$2
        shift 2
        trap 'chmod -R u+rwX "$home" 2>/dev/null; rm -rf "$home"' EXIT
        trap 'trap "" TERM INT HUP; {{End}}; wait; exit 143' TERM INT HUP
        mkdir "$home/copy" "$home/tmp" && cp -R "$0/." "$home/copy/" && cd "$home/copy" || exit 3
        TMPDIR=$home/tmp
        export TMPDIR
        "$@" &
        wait "$!" && { [ -z "$result" ] || cp -R . "$result/"; }
        """;

    /// <inheritdoc/>
    public Text? Shortcoming { get; } = new(
        "Submissions run without a sandbox: they can do all that you can do.",
        "As entregas são executadas sem sandbox, com o seu usuário: elas podem fazer tudo o que você pode.");

    /// <inheritdoc/>
    public IReadOnlyList<string> ProgramFolders { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public IReadOnlyList<string> Build(string submission, string build, string result, Limits limits) =>
        Copied(submission, result, [.. ProcessLimits.Of(limits, countsProcesses: false), "sh", "-c", build]);

    /// <inheritdoc/>
    public IReadOnlyList<string> Check(string submission, IReadOnlyList<string> arguments, IReadOnlyList<string> command, Limits limits) => Copied(
        submission,
        result: "",
        [.. CheckerProgram.Command(CheckerProgram.Folder), .. arguments, "--", .. ProcessLimits.Of(limits, countsProcesses: false), .. command]);

    private List<string> Copied(string submission, string result, IReadOnlyList<string> command) =>
        [.. ParentDeath.Sends("TERM"), "sh", "-c", Script, submission, work.New(), result, .. command];
}
