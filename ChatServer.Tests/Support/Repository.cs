namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>The source tree that the tests belong to.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution and of <c>run.sh</c>.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "ThreadedChat.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"There is no ThreadedChat.sln above {AppContext.BaseDirectory}");
    }
}
