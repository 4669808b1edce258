using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>The system calls that .NET does not have.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class SystemCalls
{
    private const int KillSignal = 9;
    private const int OneProcess = 0;
    private const int ProcessGroup = 1;
    private const int LowestPriority = 19;

    /// <summary>Ends a whole process group at once; nothing if there is none.</summary>
    public static void KillGroup(int leader) => _ = Kill(-leader, KillSignal);

    /// <summary>Gives a process group the lowest priority; nothing if there is no such group.</summary>
    public static void LowerPriority(int leader) => _ = SetPriority(ProcessGroup, leader, LowestPriority);

    /// <summary>Sets how much this thread lets others go first, from 0 to 19: on Linux the system means a thread where it says a process.</summary>
    [SupportedOSPlatform("linux")]
    public static void LowerThisThread(int priority) => _ = SetPriority(OneProcess, 0, priority);

    /// <summary>Sends a signal to a process; 0 if that is done.</summary>
    public static int Signal(int process, int signal) => Kill(process, signal);

    /// <summary>Opens the controlling side of a pseudo-terminal.</summary>
    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial SafeFileHandle OpenPseudoTerminal(int flags);

    /// <summary>Makes this user the owner of the program's side; 0 if that is done.</summary>
    [LibraryImport("libc", EntryPoint = "grantpt")]
    public static partial int Grant(SafeFileHandle terminal);

    /// <summary>Unlocks the program's side; 0 if that is done.</summary>
    [LibraryImport("libc", EntryPoint = "unlockpt")]
    public static partial int Unlock(SafeFileHandle terminal);

    /// <summary>The path of the program's side, in memory that the next call changes.</summary>
    [LibraryImport("libc", EntryPoint = "ptsname")]
    public static partial nint NameOf(SafeFileHandle terminal);

    /// <summary>Reads the available bytes.</summary>
    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle file, Span<byte> buffer, nint size);

    /// <summary>Writes, perhaps only a part.</summary>
    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, ReadOnlySpan<byte> buffer, nint size);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
