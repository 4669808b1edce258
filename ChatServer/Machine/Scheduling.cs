using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>How the operating system shares its processors among our threads.</summary>
internal static partial class Scheduling
{
    private const int ThisThread = 0;
    private const int Batch = 3; // Linux, <sched.h>: SCHED_BATCH

    /// <summary>
    /// Asks Linux not to interrupt a running thread each time another wakes up. A thread per client wakes up for each
    /// message; if running threads are not interrupted, each finds more work when it runs, and does it at once. Threads
    /// started later inherit it. If the system does not allow it, everything works in the same way, with more context switches.
    /// </summary>
    public static void PreferThroughput()
    {
        if (OperatingSystem.IsLinux())
        {
            int priority = 0; // the only one the policy knows
            _ = SetScheduler(ThisThread, Batch, ref priority);
        }
    }

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int thread, int policy, ref int priority);
}
