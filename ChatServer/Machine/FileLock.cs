using System.Diagnostics;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>Keeps two programs from changing a file at the same time. The lock is a file beside it, which stays.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits for the lock of <paramref name="path"/>; it ends with the result, or with the process.</summary>
    /// <exception cref="IOException">Another program has it for too long, or it cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made.</exception>
    public static IDisposable Take(string path)
    {
        RegularFile.Require($"{path}.lock");
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                return new FileStream($"{path}.lock", options);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && Stopwatch.GetElapsedTime(start) < Limit)
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
