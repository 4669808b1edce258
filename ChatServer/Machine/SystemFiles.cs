using System.Globalization;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>The small files with figures of Linux, such as /proc.</summary>
internal static class SystemFiles
{
    /// <summary>The lines of a file; none if it is missing or unreadable.</summary>
    public static string[] Lines(string root, string path)
    {
        try
        {
            return File.ReadAllLines(root.TrimEnd('/') + path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The number in a file; null if there is none, for example "max".</summary>
    public static long? Number(string root, string path) => Parse(Lines(root, path).FirstOrDefault());

    /// <summary>The first word behind <paramref name="name"/> in the line that begins with it, as a number; null if there is none.</summary>
    public static long? Number(string root, string path, string name) => Parse(Words(root, path, name).FirstOrDefault());

    /// <summary>The words behind <paramref name="name"/> in the line that begins with it.</summary>
    public static string[] Words(string root, string path, string name)
    {
        string? line = Lines(root, path).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line?[name.Length..].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries) ?? [];
    }

    private static long? Parse(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
}
