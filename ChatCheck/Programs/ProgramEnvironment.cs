namespace ThreadedChat.ChatCheck.Programs;

/// <summary>The environment of a program: that of the checker, without the variables that would change its verdicts.</summary>
internal static class ProgramEnvironment
{
    /// <summary>The value of TERM: the most common one.</summary>
    private const string TerminalName = "xterm-256color";

    // The user of the checker may have set these, and then programs pass here that fail elsewhere. Columns and rows are asked
    // of the terminal.
    private static readonly string[] Unwanted = ["PYTHONUNBUFFERED", "COLUMNS", "LINES", "COLORTERM"];

    private static readonly string[] FolderNames = OperatingSystem.IsWindows() ? ["TMP", "TEMP"] : ["TMPDIR"];

    /// <summary>Changes the environment of a program that is about to start.</summary>
    /// <param name="environment">The checker's own.</param>
    /// <param name="folder">A folder for files of the program.</param>
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
