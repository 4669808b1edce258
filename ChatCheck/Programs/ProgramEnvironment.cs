namespace ThreadedChat.ChatCheck.Programs;

/// <summary>What a program finds in its environment: what the checker has, but for what would change its verdicts.</summary>
internal static class ProgramEnvironment
{
    /// <summary>The name by which programs look up what a terminal can do: the one that most people have.</summary>
    private const string TerminalName = "xterm-256color";

    // Whoever runs the checker may have this set, and then programs pass here that fail elsewhere. Columns and rows are asked
    // of the terminal.
    private static readonly string[] Unwanted = ["PYTHONUNBUFFERED", "COLUMNS", "LINES", "COLORTERM"];

    private static readonly string[] FolderNames = OperatingSystem.IsWindows() ? ["TMP", "TEMP"] : ["TMPDIR"];

    /// <summary>Changes the environment of a program that is about to start.</summary>
    /// <param name="environment">The checker's own.</param>
    /// <param name="folder">Where the program may leave files.</param>
    /// <param name="hasTerminal">Whether it is given a terminal.</param>
    public static void Prepare(IDictionary<string, string?> environment, string folder, bool hasTerminal)
    {
        foreach (string name in Unwanted)
        {
            environment.Remove(name);
        }

        foreach (string name in FolderNames)
        {
            environment[name] = folder;
        }

        if (OperatingSystem.IsWindows())
        {
            // In a console Python prints every character; in a pipe it would take the code page, which lacks most of them.
            environment["PYTHONIOENCODING"] = "utf-8";
        }

        // .NET would put sockets for debuggers into the folder.
        environment["DOTNET_EnableDiagnostics"] = "0";
        if (hasTerminal)
        {
            environment["TERM"] = TerminalName;
        }
    }
}
