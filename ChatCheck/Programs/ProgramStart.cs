using System.Diagnostics;
using ThreadedChat.ChatCheck.Terminals;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>How a program is started so that it has a session of its own and its terminal.</summary>
internal static class ProgramStart
{
    // A session of its own makes a process group that can be ended as a whole, and on Linux the first terminal that is opened
    // in it becomes the one of the program. Without the tool (macOS) the process and its descendants are ended one by one.
    private static readonly string? NewSession = OperatingSystem.IsWindows() ? null : ProgramFiles.Find("setsid");

    /// <summary>Whether programs get a process group of their own.</summary>
    public static bool HasSession => NewSession is not null;

    /// <summary>
    /// What is to be started. .NET can neither open a terminal for a program nor run code between fork and exec: a shell does
    /// it, and then becomes the program.
    /// </summary>
    /// <param name="words">The program's file and its arguments.</param>
    /// <param name="streams">Its standard streams.</param>
    /// <param name="terminal">The path of its terminal; null is pipes.</param>
    public static ProcessStartInfo Of(IReadOnlyList<string> words, ProgramStreams streams, string? terminal)
    {
        string[] all =
        [
            .. NewSession is null ? (string[])[] : [NewSession],
            .. terminal is null ? (string[])[] : ["/bin/sh", "-c", Script(streams), terminal],
            .. words,
        ];
        ProcessStartInfo start = OperatingSystem.IsWindows() && BatchFile.Is(all[0])
            ? new ProcessStartInfo(Environment.GetEnvironmentVariable("ComSpec") ?? "cmd.exe", BatchFile.Arguments(all))
            : new ProcessStartInfo(all[0], all[1..]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return start;
    }

    private static string Script(ProgramStreams streams)
    {
        string size = $"rows {Findings.Number(TerminalSize.Rows)} cols {Findings.Number(TerminalSize.Columns)}";
        return streams == ProgramStreams.Terminal
            ? $"""exec <>"$0" >&0 2>&0; stty {size} 2>/dev/null; exec "$@" """
            : $"""exec <>"$0" >&0; stty {size} -echo -opost 2>/dev/null; exec "$@" """;
    }
}
