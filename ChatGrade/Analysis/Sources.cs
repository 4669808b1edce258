using System.Text;

namespace ThreadedChat.ChatGrade.Analysis;

/// <summary>The text of a submission.</summary>
internal static class Sources
{
    private const int MostBytes = 1_000_000;

    private static readonly string[] Foreign = ["node_modules", "target", "bin", "obj", "build", "venv", ".git", ".grade"];

    /// <summary>All files with these endings, one behind the other.</summary>
    public static string Of(string folder, string[] endings)
    {
        var all = new StringBuilder();
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        foreach (string file in Directory.EnumerateFiles(folder, "*", options).Order(StringComparer.Ordinal))
        {
            string[] steps = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar);
            if (!endings.Contains(Path.GetExtension(file)) || steps.Any(Foreign.Contains) || new FileInfo(file).Length is 0 or > MostBytes)
            {
                continue;
            }

            try
            {
                all.Append(File.ReadAllText(file)).Append('\n');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is not compared.
            }
        }

        return all.ToString();
    }
}
