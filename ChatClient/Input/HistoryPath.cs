namespace ThreadedChat.ChatClient.Input;

/// <summary>The path of the history: by the XDG Base Directory Specification; on Windows in the folder for local data.</summary>
internal static class HistoryPath
{
    private const string Folder = "threadedchat";
    private const string File = "history";

    /// <summary>The default path; null if the user has no home directory.</summary>
    /// <param name="variable">The value of an environment variable; null if it is not set.</param>
    /// <param name="home">The user's home directory; empty if there is none.</param>
    /// <param name="localData">On Windows the folder for local data; null on other systems.</param>
    public static string? Default(Func<string, string?> variable, string home, string? localData)
    {
        if (localData is not null)
        {
            return localData.Length == 0 ? null : Path.Combine(localData, Folder, File);
        }

        // The specification: a relative path is to be ignored.
        string? state = variable("XDG_STATE_HOME");
        if (state is not null && Path.IsPathRooted(state))
        {
            return Path.Combine(state, Folder, File);
        }

        return home.Length == 0 ? null : Path.Combine(home, ".local", "state", Folder, File);
    }

    /// <summary>The default path of the user who runs this process.</summary>
    public static string? OfUser() => Default(
        Environment.GetEnvironmentVariable,
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) : null);
}
