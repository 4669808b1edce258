using System.Diagnostics;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>How many threads this process has.</summary>
internal static class ThreadCount
{
    /// <summary>The number of this moment. On Linux one file is read; the runtime's list of threads would cost a file for each.</summary>
    public static long Now()
    {
        if (SystemFiles.Number("/", "/proc/self/status", "Threads:") is long count)
        {
            return count;
        }

        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
