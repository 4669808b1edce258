using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatGrade.Sandboxes;

/// <summary>
/// Who goes first when there are more programs than processors: the checkers, then the programs that are checked, then builds, and last the programs that
/// never wait (<see cref="IServerHost.GoLast"/>).
/// </summary>
internal static class Priority
{
    private const int OfPrograms = 5;
    private const int OfBuilds = 10;

    /// <summary>Words in front of a program that is checked.</summary>
    public static IReadOnlyList<string> Program { get; } = Words(OfPrograms);

    /// <summary>Words in front of a build.</summary>
    public static IReadOnlyList<string> Build { get; } = Words(OfBuilds);

    /// <summary>Gives this thread the priority of a program that is checked, on Linux.</summary>
    public static void LowerThisThread()
    {
        if (OperatingSystem.IsLinux())
        {
            SystemCalls.LowerThisThread(OfPrograms);
        }
    }

    private static string[] Words(int by) => ["nice", "-n", FormattableString.Invariant($"{by}")];
}
