namespace ThreadedChat.ChatCheck.Programs;

/// <summary>A folder for the temporary files of one program. The checker kills programs, so they cannot remove their files themselves.</summary>
internal sealed class PrivateFolder : IDisposable
{
    // One process for all folders: it removes what is left when this process is killed.
    private static readonly Lazy<TemporaryFolder> All = new(MakeAll);

    /// <summary>Makes it.</summary>
    /// <exception cref="IOException">The folder for temporary files is missing, full or read-only.</exception>
    public PrivateFolder() => Path = All.Value.New();

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>Removes all of them, at the end of this process.</summary>
    public static void RemoveAll()
    {
        if (All.IsValueCreated)
        {
            All.Value.Dispose();
        }
    }

    /// <summary>Removes it with all that is in it.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process that has left the program's group still uses it, or it is removed already.
        }
    }

    private static TemporaryFolder MakeAll()
    {
        var folder = new TemporaryFolder("check-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return folder;
    }
}
