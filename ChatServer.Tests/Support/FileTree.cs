namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>A folder that stands for the root of a file system, with the files that a test puts into it. It is removed with this object.</summary>
internal sealed class FileTree : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-");

    public string Root => _folder.FullName;

    /// <summary>Puts a file into the tree, with all folders above it.</summary>
    public FileTree Add(string path, string text)
    {
        string file = Root + path;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    public void Dispose() => _folder.Remove();
}
