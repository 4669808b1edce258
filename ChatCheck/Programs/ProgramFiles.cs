namespace ThreadedChat.ChatCheck.Programs;

/// <summary>Finds programs as a shell does.</summary>
internal static class ProgramFiles
{
    // Files that Windows itself can start. Others of PATHEXT need an interpreter.
    private static readonly string[] Startable = [".COM", ".EXE", ".BAT", ".CMD"];

    /// <summary>The path of a program: <paramref name="name"/> itself if it is a path, else looked up on the PATH; null if there is none.</summary>
    public static string? Find(string name) => Find(name, Environment.GetEnvironmentVariable, OperatingSystem.IsWindows());

    /// <inheritdoc cref="Find(string)"/>
    /// <param name="name">What the user typed.</param>
    /// <param name="variable">The value of an environment variable; null if it is not set.</param>
    /// <param name="isWindows">Whether to find it as the shell of Windows does: also in the current folder, and without its extension.</param>
    internal static string? Find(string name, Func<string, string?> variable, bool isWindows)
    {
        char[] separators = isWindows ? [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar, ':'] : [Path.DirectorySeparatorChar];
        string[] endings = isWindows ? Endings(name, variable) : [""];
        if (name.AsSpan().IndexOfAny(separators) >= 0)
        {
            return endings.Select(ending => name + ending).Where(File.Exists).Select(Path.GetFullPath).FirstOrDefault();
        }

        IEnumerable<string> folders =
            (variable("PATH") ?? "").Split(isWindows ? ';' : Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        folders = isWindows ? folders.Prepend(Directory.GetCurrentDirectory()) : folders;
        return (from folder in folders
                from ending in endings
                let file = Path.Combine(folder, name + ending)
                where File.Exists(file)
                select file).FirstOrDefault();
    }

    /// <summary>The possible extensions of a name: none if it has one, else each of PATHEXT that can be started.</summary>
    private static string[] Endings(string name, Func<string, string?> variable)
    {
        string[] known = (variable("PATHEXT") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        string[] usable = [.. known.Where(ending => Startable.Contains(ending, StringComparer.OrdinalIgnoreCase))];
        string[] endings = usable.Length > 0 ? usable : Startable;
        return Path.HasExtension(name) ? ["", .. endings] : endings;
    }
}
