using ThreadedChat.ChatGrade.Sandboxes;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>
/// A folder that Gradescope takes as an autograder once it is zipped: <c>setup.sh</c> makes its machine ready, <c>run_autograder</c>
/// grades one submission and writes its results.
/// </summary>
internal static class AutograderFolder
{
    private const string Setup =
        """
        #!/usr/bin/env bash
        # Runs once, as root, when the image is made: .NET for the grader, the languages of the submissions.
        set -euo pipefail
        export DEBIAN_FRONTEND=noninteractive
        apt-get update
        apt-get install --yes --no-install-recommends bubblewrap util-linux coreutils python3 gcc g++ make default-jdk-headless nodejs golang-go libicu-dev
        apt-get install --yes --no-install-recommends dotnet-runtime-10.0 || {
          curl --fail --silent --show-error --location https://dot.net/v1/dotnet-install.sh --output /tmp/dotnet-install.sh
          bash /tmp/dotnet-install.sh --channel 10.0 --runtime dotnet --install-dir /usr/share/dotnet
          ln -sf /usr/share/dotnet/dotnet /usr/bin/dotnet
        }

        """;

    private const string Run =
        """
        #!/usr/bin/env bash
        # Runs for each submission. Gradescope runs it in a container of its own: where that has no namespaces, the container is the sandbox.
        set -uo pipefail
        base=${AUTOGRADER:-/autograder}
        grade() {
          dotnet "$base/source/grade/ChatGrade.dll" "$base/submission" --single --settings "$base/source" --output "$base/grades" "$@"
        }
        mkdir -p "$base/results"
        grade || grade --unsafe
        cp "$base/grades/gradescope/submission.json" "$base/results/results.json"

        """;

    /// <summary>Writes it. Returns the error in one line; null on success.</summary>
    public static string? Write(string classFolder, string target)
    {
        if (Directory.Exists(target) || File.Exists(target))
        {
            return $"{target} is there already.";
        }

        string programs = Path.Combine(target, "grade");
        Directory.CreateDirectory(programs);
        foreach (string file in Directory.EnumerateFiles(CheckerProgram.Folder))
        {
            File.Copy(file, Path.Combine(programs, Path.GetFileName(file)));
        }

        string settings = Path.Combine(classFolder, ClassSettings.FileName);
        if (File.Exists(settings))
        {
            File.Copy(settings, Path.Combine(target, ClassSettings.FileName));
        }

        PutScript(Path.Combine(target, "setup.sh"), Setup);
        PutScript(Path.Combine(target, "run_autograder"), Run);
        return null;
    }

    private static void PutScript(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }
}
