using System.Runtime.InteropServices;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>
/// Whether the process may open as many files as it needs to start. With fewer the runtime cannot load its own parts, and ends with a stack
/// trace somewhere on the way. So this uses nothing that must be loaded.
/// </summary>
internal static partial class OpenFiles
{
    /// <summary>Measured: with 90 the server starts and serves one client, with 85 it does not. The rest is for the log and a trace.</summary>
    internal const int Least = 128;

    // Linux, <sys/resource.h>: RLIMIT_NOFILE.
    private const int LimitOfFiles = 7;
    private const int StandardError = 2;

    /// <summary>True if there are enough, or if the system does not report the limit. Otherwise writes a line to standard error.</summary>
    public static bool Suffice()
    {
        if (!OperatingSystem.IsLinux() || GetLimit(LimitOfFiles, out Limit limit) != 0 || limit.Current >= Least)
        {
            return true;
        }

        ReadOnlySpan<byte> line = "Cannot start: fewer than 128 open files are allowed (ulimit -n).\n"u8;
        _ = Write(StandardError, line, line.Length);
        return false;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int file, ReadOnlySpan<byte> bytes, nint length);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Current;
        public ulong Most;
    }
}
