using System.Globalization;
using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatGrade.Sandboxes;

/// <summary>Lets the kernel send a signal to a command when the grader ends, also if it is killed: with <c>setpriv</c>, if it is installed.</summary>
internal static class ParentDeath
{
    // A grader that died before the tool has asked for the signal is not noticed: so the shell checks whether the grader still runs.
    private const string Check = "[ \"$PPID\" = \"$0\" ] || exit 3; exec \"$@\"";

    private static readonly bool HasTool = OperatingSystem.IsLinux() && ProgramFiles.Find("setpriv") is not null;

    /// <summary>Words in front of a command; none if the tool is missing. The thread that starts the command must outlive it.</summary>
    public static IReadOnlyList<string> Sends(string signal) => HasTool
        ? ["setpriv", "--pdeathsig", signal, "--", "sh", "-c", Check, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]
        : [];
}
