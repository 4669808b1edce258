namespace ThreadedChat.ChatGrade.Sandboxes;

/// <summary>The checker as a program, in the folder of this one.</summary>
internal static class CheckerProgram
{
    private const string FileName = "ChatCheck.dll";

    /// <summary>The folder of it and of this program.</summary>
    public static string Folder => AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);

    public static string File => Path.Combine(Folder, FileName);

    /// <summary>The command without its arguments.</summary>
    /// <param name="folder">The parent of the checker's folder.</param>
    public static IReadOnlyList<string> Command(string folder) => ["dotnet", $"{folder}/{FileName}"];

    /// <summary>Identifies a build of the checker.</summary>
    public static string Version => typeof(ChatCheck.Suites.Suite).Assembly.ManifestModule.ModuleVersionId.ToString();
}
