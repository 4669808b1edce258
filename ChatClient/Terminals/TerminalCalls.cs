using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// The functions of the C library that the client needs. A result below 0 is a failure, and
/// <see cref="Marshal.GetLastPInvokeError"/> has its cause.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static partial class TerminalCalls
{
    // The same numbers on Linux, macOS and the BSDs.
    public const int Interrupted = 4; // EINTR
    public const int HangUp = 1; // SIGHUP
    public const int Quit = 3; // SIGQUIT
    public const int Terminate = 15; // SIGTERM
    public const int AtOnce = 0; // TCSANOW

    // Different numbers.
    public static readonly int TerminalStop = OperatingSystem.IsLinux() ? 20 : 18; // SIGTSTP
    public static readonly uint SignalKeys = OperatingSystem.IsLinux() ? 0x1u : 0x80u; // ISIG
    public static readonly uint NoFlush = OperatingSystem.IsLinux() ? 0x80u : 0x8000_0000u; // NOFLSH
    private static readonly int InputQueue = OperatingSystem.IsLinux() ? 0 : 1; // TCIFLUSH
    private static readonly int ClockSinceBoot = OperatingSystem.IsLinux() ? 7 : 6; // CLOCK_BOOTTIME; on others CLOCK_MONOTONIC does not sleep
    private static readonly nuint GetWindowSize = OperatingSystem.IsLinux() ? 0x5413u : 0x4008_7468u; // TIOCGWINSZ

    /// <summary>1 for a terminal.</summary>
    [LibraryImport("libc", EntryPoint = "isatty")]
    public static partial int IsTerminal(int descriptor);

    /// <summary>Copies a struct termios, whose size depends on the system, into <paramref name="settings"/>.</summary>
    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    public static partial int GetTerminalSettings(int descriptor, Span<byte> settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    public static partial int SetTerminalSettings(int descriptor, int when, ReadOnlySpan<byte> settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    public static partial void MakeRaw(Span<byte> settings);

    /// <summary>Sends a signal to the calling thread.</summary>
    [LibraryImport("libc", EntryPoint = "raise")]
    public static partial int Raise(int signal);

    /// <summary>
    /// Sets the action of a signal and returns the action before. Each is a struct sigaction, whose size depends on the system. All
    /// zeros mean the default action.
    /// </summary>
    [LibraryImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    public static partial int SetSignalAction(int signal, ReadOnlySpan<byte> action, Span<byte> before);

    /// <summary>The process group of this process.</summary>
    [LibraryImport("libc", EntryPoint = "getpgrp")]
    public static partial int ProcessGroup();

    /// <summary>The session of a process; 0 stands for this one.</summary>
    [LibraryImport("libc", EntryPoint = "getsid")]
    public static partial int Session(int process);

    /// <summary>A clock that is never set, and that continues while the computer sleeps.</summary>
    public static TimeSpan TimeSinceBoot() => ClockTime(ClockSinceBoot, out TimeValue time) == 0
        ? TimeSpan.FromSeconds((long)time.Seconds) + TimeSpan.FromMicroseconds((long)time.Nanoseconds / 1000)
        : TimeSpan.FromMilliseconds(Environment.TickCount64);

    /// <summary>Drops unread input of the terminal on standard input.</summary>
    public static void DiscardInput() => _ = Flush(0, InputQueue);

    /// <summary>False if the size of the window is unknown.</summary>
    public static bool TryGetWindowSize(int descriptor, out int columns, out int rows)
    {
        var size = default(WindowSize);
        bool isKnown = IoControl(descriptor, GetWindowSize, ref size, 0, 0, 0, 0, 0, ref size) == 0;
        (columns, rows) = (size.Columns, size.Rows);
        return isKnown && columns > 0 && rows > 0;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockTime(int clock, out TimeValue time);

    [LibraryImport("libc", EntryPoint = "tcflush")]
    private static partial int Flush(int descriptor, int queue);

    // ioctl is variadic. Most systems pass such arguments in registers, Apple's processors on the stack. So the third argument is
    // passed twice: in its register, and as the ninth, which is the first on the stack.
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int IoControl(
        int descriptor, nuint request, ref WindowSize size, nint r3, nint r4, nint r5, nint r6, nint r7, ref WindowSize onStack);

    /// <summary>struct timespec.</summary>
    private struct TimeValue
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    /// <summary>struct winsize.</summary>
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort WidthInPixels;
        public ushort HeightInPixels;
    }
}
