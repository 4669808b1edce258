using System.Globalization;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>Which sockets belong to a process and to all that it has started.</summary>
internal static class ProcessSockets
{
    private const string Root = "/proc";
    private const string LinkHead = "socket:[";

    /// <summary>The inodes of the sockets of <paramref name="process"/>, its group, its session and its descendants.</summary>
    public static HashSet<string> Of(int process)
    {
        var inodes = new HashSet<string>(StringComparer.Ordinal);
        foreach (int member in ProcessFamily.Of(process))
        {
            try
            {
                foreach (FileSystemInfo file in new DirectoryInfo(Path.Combine(Root, member.ToString(CultureInfo.InvariantCulture), "fd")).EnumerateFileSystemInfos())
                {
                    if (file.LinkTarget is string target && target.StartsWith(LinkHead, StringComparison.Ordinal))
                    {
                        inodes.Add(target[LinkHead.Length..].TrimEnd(']'));
                    }
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended, or belongs to another user.
            }
        }

        return inodes;
    }
}
