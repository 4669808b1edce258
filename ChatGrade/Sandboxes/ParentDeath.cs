using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatGrade.Sandboxes;

/// <summary>Lets the kernel send a signal to a command when the grader dies, however it dies: with <c>setpriv</c>, if it is installed.</summary>
internal static class ParentDeath
{
    private static readonly bool HasTool = OperatingSystem.IsLinux() && ProgramFiles.Find("setpriv") is not null;

    /// <summary>Words in front of a command; none if the tool is missing. The thread that starts the command must outlive it.</summary>
    public static IReadOnlyList<string> Sends(string signal) => HasTool ? ["setpriv", "--pdeathsig", signal, "--"] : [];
}
