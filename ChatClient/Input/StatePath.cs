namespace ThreadedChat.ChatClient.Input;

/// <summary>Where the client keeps what it remembers: by the XDG Base Directory Specification; on Windows in the folder for local data.</summary>
internal static class StatePath
{
    /// <summary>The file of the entered lines.</summary>
    public const string History = "history";

    /// <summary>The file of the servers' keys.</summary>
    public const string KnownHosts = "known_hosts";

    private const string Folder = "threadedchat";

    /// <summary>The default path of <paramref name="file"/>; null if the user has no home directory.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="variable">The value of an environment variable; null if it is not set.</param>
    /// <param name="home">The user's home directory; empty if there is none.</param>
    /// <param name="localData">On Windows the folder for local data; null on other systems.</param>
    public static string? Default(string file, Func<string, string?> variable, string home, string? localData)
    {
        if (localData is not null)
        {
            return localData.Length == 0 ? null : Path.Combine(localData, Folder, file);
        }

        // The specification: a relative path is to be ignored.
        string? state = variable("XDG_STATE_HOME");
        if (state is not null && Path.IsPathRooted(state))
        {
            return Path.Combine(state, Folder, file);
        }

        return home.Length == 0 ? null : Path.Combine(home, ".local", "state", Folder, file);
    }

    /// <summary>The default path for the user who runs this process.</summary>
    public static string? OfUser(string file) => Default(
        file,
        Environment.GetEnvironmentVariable,
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) : null);
}
