using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>Linux calls that .NET does not offer.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LinuxCalls
{
    /// <summary>The signal that asks a process to end.</summary>
    public const int Terminate = 15;

    private const int Interrupted = 4;

    /// <summary>Returns the result of a call. Throws if the call failed (less than 0); a call that a signal interrupted returns 0.</summary>
    public static int Check(int result)
    {
        int error = Marshal.GetLastPInvokeError();
        return result >= 0 ? result : error == Interrupted ? 0 : throw new Win32Exception(error);
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, ref byte epollEvent);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, ref byte events, int maxEvents, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "clock_getcpuclockid")]
    public static partial int CpuClockOf(int process, out int clock);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    public static partial int ReadClock(int clock, out TimeSpec time);

    /// <summary><c>struct timespec</c> of a 64-bit system.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct TimeSpec(long Seconds, long Nanoseconds);
}
