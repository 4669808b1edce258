using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>Text files for this user only (mode 0600).</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Replaces the contents of <paramref name="path"/> in one step: a reader, also after a crash, sees the old contents or the new
    /// ones. Follows a symbolic link.
    /// </summary>
    /// <exception cref="IOException">It cannot be written. The old contents are there.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Replace(string path, string text)
    {
        string target = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        string next = $"{target}.{Environment.ProcessId}.new";
        try
        {
            using (FileStream file = Open(next, FileMode.Create))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(next, target, overwrite: true);
        }
        catch
        {
            File.Delete(next);
            throw;
        }
    }

    /// <summary>Opens a file to append to it, without a buffer: each write is one system call.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static FileStream OpenToAppend(string path)
    {
        RegularFile.Require(path);
        return Open(path, FileMode.Append);
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
