using System.Globalization;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Sandboxes;

/// <summary>The limits of each process, set by <c>prlimit</c> if it is installed.</summary>
internal static class ProcessLimits
{
    private const int MostFiles = 1024;
    private const long Mebibyte = 1 << 20;

    // The stack of a thread is as large as the limit says, and counts as memory for data: with the usual 8 MiB a server with
    // sixty clients and two threads for each would have no memory left.
    private const long Stack = 4 * Mebibyte;

    private static readonly bool HasTool = ProgramFiles.Find("prlimit") is not null;

    /// <summary>Words in front of a command; none if the tool is missing.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="countsProcesses">Whether the user's processes are counted in the sandbox alone.</param>
    public static IReadOnlyList<string> Of(Limits limits, bool countsProcesses)
    {
        if (!HasTool)
        {
            return [];
        }

        return
        [
            "prlimit",
            .. countsProcesses ? (string[])[$"--nproc={Text(limits.Processes)}"] : [],
            $"--data={Text(limits.Memory * Mebibyte)}",
            $"--stack={Text(Stack)}:", // the soft limit: a compiler may raise it
            $"--fsize={Text(limits.Disk * Mebibyte)}",
            $"--nofile={Text(MostFiles)}",
            $"--cpu={Text(limits.Processor)}",
            "--core=0",
            "--",
        ];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
