using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Sandboxes;

/// <summary>Submissions run as this user, in a copy of their folder: for <c>--unsafe</c>.</summary>
internal sealed class NoSandbox : ISandbox
{
    // The copy is removed at the end, also after a signal, which goes on to the checker: it ends what it has started. The folder of
    // the submission is the name of the script, that for the result of a build its first argument.
    private const string Script =
        """
        copy=$(mktemp -d) || exit 3
        trap 'rm -rf "$copy"' EXIT
        trap 'trap "" TERM INT HUP; kill -TERM "$child" 2>/dev/null; wait "$child"; exit 143' TERM INT HUP
        cp -R "$0/." "$copy/" && cd "$copy" || exit 3
        result=$1
        shift
        "$@" &
        child=$!
        wait "$child" && { [ -z "$result" ] || cp -R "$copy/." "$result/"; }
        """;

    /// <inheritdoc/>
    public Text? Shortcoming { get; } = new(
        "Submissions run without a sandbox: they can do all that you can do.",
        "Os trabalhos executam sem sandbox: eles podem fazer tudo o que você pode.");

    /// <inheritdoc/>
    public IReadOnlyList<string> ProgramFolders { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public IReadOnlyList<string> Build(string submission, string build, string result, Limits limits) =>
        [.. ParentDeath.Sends("TERM"), "sh", "-c", Script, submission, result, .. ProcessLimits.Of(limits, countsProcesses: false), "sh", "-c", build];

    /// <inheritdoc/>
    public IReadOnlyList<string> Check(string submission, IReadOnlyList<string> arguments, IReadOnlyList<string> command, Limits limits) =>
        [.. ParentDeath.Sends("TERM"), "sh", "-c", Script, submission, "", .. CheckerProgram.Command(CheckerProgram.Folder), .. arguments, "--", .. ProcessLimits.Of(limits, countsProcesses: false), .. command];
}
