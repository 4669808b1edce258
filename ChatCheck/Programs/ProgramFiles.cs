namespace ThreadedChat.ChatCheck.Programs;

/// <summary>Finds programs as a shell does.</summary>
internal static class ProgramFiles
{
    /// <summary>The path of a program: <paramref name="name"/> itself if it is a path, else looked up on the PATH; null where there is none.</summary>
    public static string? Find(string name)
    {
        if (name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return File.Exists(name) ? Path.GetFullPath(name) : null;
        }

        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
