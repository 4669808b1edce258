namespace ThreadedChat.ChatCheck.Programs;

/// <summary>A folder for the temporary files of one program, which is ended too roughly to remove them itself.</summary>
internal sealed class PrivateFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("check-");

    /// <summary>Where it is.</summary>
    public string Path => _folder.FullName;

    /// <summary>Removes it with all that is in it.</summary>
    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process that has left the program's group is still at it, or it is gone already.
        }
    }
}
