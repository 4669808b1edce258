using System.Globalization;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Sandboxes;
using ThreadedChat.ChatGrade.Settings;
using ThreadedChat.ChatGrade.Submissions;

namespace ThreadedChat.ChatGrade.Running;

/// <summary>Builds a submission, and checks one part of it.</summary>
internal sealed class PartChecker(ISandbox sandbox, ClassSettings settings)
{
    private const int ExitPassed = 0;
    private const int ExitFailed = 1;
    private const int ExitCannotCheck = 3;
    private const int MostLines = 12;

    /// <summary>The time that the checker has beyond its own limit to finish the current case.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    /// <summary>Builds a submission into an empty folder. Returns the output of a failed build; null on success.</summary>
    public PartResult? Build(Submission submission, string part, string folder, CancellationToken stop)
    {
        ProcessRun.Ending ending = ProcessRun.Run(
            sandbox.Build(submission.Folder, submission.BuildOf(part), folder, submission.Limits), TimeSpan.FromSeconds(submission.Limits.Build), stop);
        PartState state = ending.ExitCode is null ? PartState.Unknown : PartState.NotBuilt; // one that waits for a network may be right
        return ending.ExitCode == 0 ? null : PartResult.Without(part, state, WhyNotBuilt(submission.BuildOf(part), submission.Limits, ending));
    }

    /// <summary>Why a part cannot be checked here, without a run; null if it can.</summary>
    public PartResult? FindObstacle(Submission submission, string part)
    {
        if (!submission.Commands.TryGetValue(part, out string? command))
        {
            return PartResult.Without(part, PartState.NotFound, Say(
                $"No file was found that starts this part (for example {part.Replace('-', '_')}.py). The teacher can name the command in {ClassSettings.FileName}.",
                $"Não foi encontrado nenhum arquivo que inicie esta parte (por exemplo {part.Replace('-', '_')}.py). O professor pode informar o comando em {ClassSettings.FileName}."));
        }

        string[] needed = [Submissions.Words.Of(command)[0], .. BuildTools(submission.BuildOf(part))];
        return needed.FirstOrDefault(word => !word.Contains('/', StringComparison.Ordinal) && !IsInstalled(word)) is string missing
            ? PartResult.Without(part, PartState.NoLanguage, Say(
                $"This machine does not have '{missing}', or not in a folder that the sandbox can read.",
                $"Esta máquina não tem '{missing}', ou não no lugar onde o sandbox procura."))
            : null;
    }

    /// <summary>Checks a part.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="part">The part.</param>
    /// <param name="folder">The folder of the submission, built.</param>
    /// <param name="stop">As soon as this is set the run ends, and its result is no result.</param>
    public PartResult Check(Submission submission, string part, string folder, CancellationToken stop)
    {
        Limits limits = submission.Limits;
        string[] arguments =
        [
            part, "--json", "--lang", settings.Language == Language.Portuguese ? "pt-BR" : "en",
            "--timeout", Text(limits.Answer), "--start-timeout", Text(limits.Start), "--limit", Text(limits.Part),
        ];
        ProcessRun.Ending ending = ProcessRun.Run(
            sandbox.Check(folder, arguments, Submissions.Words.Of(submission.Commands[part]), limits),
            TimeSpan.FromSeconds(limits.Part) + Rest,
            stop);
        return ending.ExitCode switch
        {
            ExitPassed or ExitFailed when CheckerReport.Read(ending.Output) is { } cases => Result(part, cases),
            ExitCannotCheck => PartResult.Without(part, PartState.NotStarted, CheckerReport.Steady(Last(ending.Errors, 1))),
            null => PartResult.Without(part, PartState.Unknown, Say(
                $"The check did not end within {Text(limits.Part)} s.", $"A verificação não terminou em {Text(limits.Part)} s.")),
            _ => PartResult.Without(part, PartState.Unknown, Say("The checker failed: ", "O verificador falhou: ") + Last(ending.Errors, 1)),
        };
    }

    private PartResult Result(string part, IReadOnlyList<CaseRow> cases) =>
        cases.Any(one => one.Reason == CaseRunner.NoTimeLeft.In(settings.Language))
            ? new PartResult(part, PartState.Unknown, CaseRunner.NoTimeLeft.In(settings.Language), cases)
            : new PartResult(part, PartState.Checked, "", cases);

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The programs that a line for the shell begins its commands with, as far as they are known to be languages.</summary>
    private static IEnumerable<string> BuildTools(string build) =>
        build.Split("&&", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(one => one.Split(' ').First(word => !word.Contains('=', StringComparison.Ordinal)))
            .Where(word => word is "make" or "cc" or "c++" or "go" or "cargo" or "javac" or "mvn" or "gradle" or "dotnet" or "npm");

    private static string Last(string text, int count) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(count)).Trim();

    private string WhyNotBuilt(string build, Limits limits, ProcessRun.Ending ending)
    {
        string how = ending.ExitCode is int code
            ? Say($"exit code {Text(code)}", $"código de saída {Text(code)}")
            : Say($"not ended within {Text(limits.Build)} s", $"não terminou em {Text(limits.Build)} s");
        string said = Last(CheckerReport.Steady(ending.Errors.Length > 0 ? ending.Errors : ending.Output), MostLines);
        return Say($"The build failed ({how}): {build}\n{said}", $"A compilação falhou ({how}): {build}\n{said}").Trim();
    }

    private bool IsInstalled(string word) => sandbox.ProgramFolders.Any(folder => File.Exists(Path.Combine(folder, word)));

    private string Say(string english, string portuguese) => new Text(english, portuguese).In(settings.Language);
}
