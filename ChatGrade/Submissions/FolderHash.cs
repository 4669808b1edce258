using System.Security.Cryptography;
using System.Text;

namespace ThreadedChat.ChatGrade.Submissions;

/// <summary>One number for all that is in a folder: names, modes, contents, where links lead.</summary>
internal static class FolderHash
{
    /// <summary>The number, in hexadecimal.</summary>
    public static string Of(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, new DirectoryInfo(folder), "");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The number of a text.</summary>
    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Add(IncrementalHash hash, DirectoryInfo folder, string path)
    {
        foreach (FileSystemInfo entry in folder.GetFileSystemInfos().OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            string name = $"{path}/{entry.Name}";
            Add(hash, $"{name}\0{entry.LinkTarget}\0{(OperatingSystem.IsWindows() ? 0 : (int)entry.UnixFileMode)}\0");
            if (entry.LinkTarget is not null)
            {
                continue;
            }

            if (entry is DirectoryInfo inner)
            {
                Add(hash, inner, name);
            }
            else
            {
                AddFile(hash, (FileInfo)entry);
            }
        }
    }

    private static void AddFile(IncrementalHash hash, FileInfo entry)
    {
        try
        {
            Add(hash, $"{entry.Length}\0");
            if (entry.Length == 0)
            {
                return; // a pipe looks like an empty file, and to open one is to wait
            }

            using FileStream file = entry.OpenRead();
            var buffer = new byte[64 * 1024];
            for (int count; (count = file.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer, 0, count);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Add(hash, "\0unreadable"); // a pipe, or somebody else's
        }
    }

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
}
