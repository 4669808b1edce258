namespace ThreadedChat.ChatClient.Configuration;

/// <summary>Where the configuration file of the user is.</summary>
internal static class ConfigurationPath
{
    /// <summary>The path of the user's file; null if the environment does not name a place for it.</summary>
    /// <param name="variable">The value of an environment variable; null if it is not set.</param>
    /// <param name="isWindows">True for Windows.</param>
    public static string? Find(Func<string, string?> variable, bool isWindows)
    {
        string? folder = isWindows ? variable("APPDATA") : variable("XDG_CONFIG_HOME");
        if (string.IsNullOrEmpty(folder) && !isWindows)
        {
            string? home = variable("HOME");
            folder = string.IsNullOrEmpty(home) ? null : System.IO.Path.Combine(home, ".config");
        }

        // By the rules of XDG a relative path counts as none.
        return folder is not null && System.IO.Path.IsPathRooted(folder) ? System.IO.Path.Combine(folder, "threadedchat", "config") : null;
    }
}
