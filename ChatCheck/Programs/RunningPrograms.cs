using System.Runtime.InteropServices;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>
/// The processes that have been started here and not ended: they end with this process, also if that is interrupted.
/// </summary>
internal static class RunningPrograms
{
    private static readonly object Gate = new();
    private static readonly HashSet<ProcessProgram> Programs = [];

    // Kept: a registration that is collected is none.
    private static readonly PosixSignalRegistration[] Signals =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, _ => EndAll())),
    ];

    /// <summary>Notes a process that runs.</summary>
    public static void Add(ProcessProgram program)
    {
        lock (Gate)
        {
            Programs.Add(program);
        }
    }

    /// <summary>Forgets a process that has been ended.</summary>
    public static void Remove(ProcessProgram program)
    {
        lock (Gate)
        {
            Programs.Remove(program);
        }
    }

    /// <summary>Not cancelled: this process then ends as it would have.</summary>
    private static void EndAll()
    {
        GC.KeepAlive(Signals);
        ProcessProgram[] programs;
        lock (Gate)
        {
            programs = [.. Programs];
        }

        foreach (ProcessProgram program in programs)
        {
            program.Kill();
        }
    }
}
