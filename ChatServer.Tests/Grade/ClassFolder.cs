using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Grade;

/// <summary>A folder with submissions that a test writes. It ends with this object, with the reports beside it.</summary>
internal sealed class ClassFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("grade-test-");

    public ClassFolder() => Directory.CreateDirectory(Path);

    /// <summary>The folder of the class.</summary>
    public string Path => System.IO.Path.Combine(_root.FullName, "class");

    /// <summary>Where the reports go.</summary>
    public string Reports => System.IO.Path.Combine(_root.FullName, "reports");

    /// <summary>Adds a file of a submission.</summary>
    public ClassFolder Add(string file, string text = "")
    {
        string path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    /// <summary>Adds a submission without files.</summary>
    public ClassFolder AddEmpty(string name)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, name));
        return this;
    }

    /// <summary>A report.</summary>
    public string Read(string file) => File.ReadAllText(System.IO.Path.Combine(Reports, file));

    public void Dispose() => _root.Remove();
}
